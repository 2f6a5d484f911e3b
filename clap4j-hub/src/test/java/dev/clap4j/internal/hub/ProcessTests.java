package dev.clap4j.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clap4j.ChildProcess;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.hub.Hub;
import dev.clap4j.internal.io.FilesBelow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Downloads by processes that are killed, that run at once, and that have no room. */
@Tag("slow")
class ProcessTests {
    private static final byte[] WEIGHTS = new byte[4_000_000];

    static {
        new Random(1).nextBytes(WEIGHTS);
    }

    @TempDir
    private Path folder;

    private HubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HubServer()
                .with("owner/clip", "config.json", "{}")
                .with("owner/clip", "model.safetensors", WEIGHTS)
                .with("timm/vit_base_patch16_clip_224.openai", "tokenizer.json", "{}")
                .with("timm/vit_base_patch16_clip_224.openai", "open_clip_model.safetensors", WEIGHTS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Resolves a model, or says why not. */
    static final class Resolve {
        public static void main(String[] arguments) {
            try {
                System.out.println(Hub.resolve(arguments[0], Progress.NONE));
            } catch (ClapException e) {
                System.out.println(e.getMessage());
                System.exit(1);
            }
        }
    }

    private ChildProcess child(Path cache) {
        return child(cache, "owner/clip");
    }

    private ChildProcess child(Path cache, String name) {
        ChildProcess child = ChildProcess.java(Resolve.class, name);
        child.environment().put("CLAP4J_CACHE", folder.resolve("own").toString());
        child.environment().put("HF_ENDPOINT", server.endpoint());
        child.environment().put("HF_HUB_CACHE", cache.toString());
        return child;
    }

    private static long received(Path cache) throws IOException {
        if (!Files.exists(cache)) {
            return 0;
        }
        return FilesBelow.of(cache).stream()
                .filter(file -> file.toString().endsWith(".incomplete"))
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "owner/clip, model.safetensors, main",
        "owner/clip@v1.0, model.safetensors, v1.0",
        "ViT-B-16:openai, open_clip_model.safetensors, main"
    })
    void aKilledProcessIsResumed(String name, String weights, String reference) throws Exception {
        Path cache = folder.resolve("cache");
        server.slow(10);
        Process killed = child(cache, name).start(folder);
        while (received(cache) < 500_000) {
            assertThat(killed.isAlive()).isTrue();
            Thread.sleep(10);
        }
        killed.destroyForcibly().waitFor();
        long kept = received(cache);
        assertThat(kept).isBetween(500_000L, WEIGHTS.length - 1L);
        assertThat(references(cache)).isEmpty();
        server.slow(0);
        ChildProcess.Result result = child(cache, name).run();
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(Path.of(result.out().get(0)).resolve(weights)).hasBinaryContent(WEIGHTS);
        assertThat(server.deliveries(weights).get(1).range()).isEqualTo("bytes=" + kept + "-");
        assertThat(received(cache)).isZero();
        assertThat(references(cache)).containsExactly(reference);
    }

    /** Returns the names of revisions in the cache; each is written after the files of its commit. */
    private static List<String> references(Path cache) throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.getParent().endsWith("refs"))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void twoProcessesDownloadOnce() throws Exception {
        Path cache = folder.resolve("cache");
        server.slow(5);
        Path first = Files.createDirectory(folder.resolve("first"));
        Process other = child(cache).start(first);
        ChildProcess.Result result = child(cache).run();
        other.waitFor();
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(ChildProcess.result(other, first)).isEqualTo(result);
        assertThat(server.deliveries("model.safetensors")).hasSize(1);
        assertThat(Path.of(result.out().get(0)).resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a file system of its own")
    void aFullDisk() throws Exception {
        ChildProcess probe = child(folder).under("unshare", "-rm");
        assumeTrue(probe.run().exitCode() == 0, "this machine lets nobody mount a file system");
        Path mount = Files.createDirectory(folder.resolve("mount"));
        String script = "mount -t tmpfs -o size=2m none \"$HF_HUB_CACHE\" && \"$@\"; echo \"status $?\";"
                + " find \"$HF_HUB_CACHE\" -type f -name '*.safetensors*'; mount -o remount,size=50m \"$HF_HUB_CACHE\" && exec \"$@\"";
        ChildProcess.Result result =
                child(mount).under("unshare", "-rm", "sh", "-c", script, "sh").run();
        assertThat(result.out().get(0))
                .as("%s", result)
                .matches("Not enough room for owner/clip: 4\\.0 MB are needed, but only 2\\.\\d MB are free in " + mount
                        + "; make room, or choose another folder with the variable HF_HUB_CACHE");
        assertThat(result.out()).hasSize(3).endsWith(mount + "/models--owner--clip/snapshots/" + HubServer.COMMIT);
        assertThat(result.out().get(1)).isEqualTo("status 1");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a file system of its own")
    void aDiskThatFillsUpMeanwhile() throws Exception {
        ChildProcess probe = child(folder).under("unshare", "-rm");
        assumeTrue(probe.run().exitCode() == 0, "this machine lets nobody mount a file system");
        server.slow(10);
        Path mount = Files.createDirectory(folder.resolve("mount"));
        String script = "mount -t tmpfs -o size=6m none \"$HF_HUB_CACHE\";"
                + " (until [ $(cat \"$HF_HUB_CACHE\"/models*/blobs/*.incomplete | wc -c) -gt 500000 ]; do sleep 0.05; done; head -c 6m /dev/zero > \"$HF_HUB_CACHE\"/filler) 2> /dev/null > /dev/null &"
                + " \"$@\"; echo \"status $?\"; rm \"$HF_HUB_CACHE\"/filler; exec \"$@\"";
        ChildProcess.Result result =
                child(mount).under("unshare", "-rm", "sh", "-c", script, "sh").run();
        List<String> out = result.out();
        assertThat(out.get(0))
                .as("%s", result)
                .startsWith("Cannot write " + mount)
                .endsWith(": No space left on device");
        assertThat(out).hasSize(3).endsWith(mount + "/models--owner--clip/snapshots/" + HubServer.COMMIT);
        assertThat(server.deliveries("model.safetensors")
                        .get(server.deliveries("model.safetensors").size() - 1)
                        .range())
                .isNotNull();
    }
}
