package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.ChildProcess;
import dev.clap4j.TinyClip;
import dev.clap4j.internal.hub.HubServer;
import dev.clap4j.internal.io.FilesBelow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code clap models} and {@code --model NAME}, with a hub on loopback. */
@Tag("slow")
class ModelsCommandTests {
    private static final String TAGGED = "timm/vit_base_patch16_clip_224.openai";

    @TempDir
    private Path folder;

    private HubServer server;
    private Path cache;

    @BeforeEach
    void start() throws IOException {
        server = new HubServer();
        cache = folder.resolve("hub");
        try (Stream<Path> files = Files.list(TinyClip.write(folder))) {
            for (Path file : files.toList()) {
                server.with("owner/tiny-clip", file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        server.with(TAGGED, "open_clip_model.safetensors", new byte[2_000_000]).with(TAGGED, "tokenizer.json", "{}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ChildProcess.Result clap(Object... words) {
        return process(words).run();
    }

    private ChildProcess process(Object... words) {
        List<String> arguments = new ArrayList<>();
        for (Object word : words) {
            arguments.add(String.valueOf(word));
        }
        ChildProcess child = ChildProcess.java(Clap.class, arguments.toArray(String[]::new));
        child.environment().put("HF_ENDPOINT", server.endpoint());
        child.environment().put("HF_HUB_CACHE", cache.toString());
        child.environment().put("CLAP4J_CACHE", folder.resolve("own").toString());
        return child;
    }

    @Test
    void pullUseListVerifyRemove() throws IOException {
        ChildProcess.Result pulled = clap("models", "pull", "owner/tiny-clip", "owner/tiny-clip@v1", "ViT-B-16:openai");
        assertThat(pulled.exitCode()).as("%s", pulled).isZero();
        Path snapshot = cache.resolve("models--owner--tiny-clip/snapshots/" + HubServer.COMMIT);
        assertThat(pulled.out()).hasSize(3).startsWith(snapshot.toString(), snapshot.toString());
        assertThat(Path.of(pulled.out().get(2))).hasFileName("ViT-B-16-openai").isDirectory();
        assertThat(pulled.err().get(0))
                .matches("clap: downloading owner/tiny-clip from 127\\.0\\.0\\.1:\\d+: 1\\d MB, into "
                        + cache.resolve("models--owner--tiny-clip"));
        assertThat(pulled.err().get(1))
                .startsWith("clap: downloading " + TAGGED + " from ")
                .contains(": 2.0 MB, into ");
        assertThat(pulled.err()).hasSize(2);

        server.close();
        ChildProcess.Result inspected = clap("checkpoint", "inspect", "owner/tiny-clip");
        assertThat(inspected.exitCode()).as("%s", inspected).isZero();
        ChildProcess.Result tokens = clap("tokenize", "--model", "owner/tiny-clip", "a photo of a dog");
        assertThat(tokens.exitCode()).as("%s", tokens).isZero();

        ChildProcess.Result list = clap("models", "list");
        assertThat(list.out()).anyMatch(line -> line.matches("owner/tiny-clip +main, v1 +1\\d MB +complete *"));
        assertThat(list.out()).anyMatch(line -> line.matches(TAGGED + " +main +2\\.0 MB +complete *"));
        assertThat(list.out()).endsWith("In " + cache);

        assertThat(clap("models", "verify").exitCode()).isZero();
        Path weights = snapshot.resolve("open_clip_model.safetensors");
        byte[] damaged = Files.readAllBytes(weights);
        damaged[damaged.length - 1]++;
        Files.write(weights.toRealPath(), damaged);
        Files.delete(snapshot.resolve("tokenizer.json").toRealPath());
        ChildProcess.Result verified = clap("models", "verify", "owner/tiny-clip");
        assertThat(verified.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(verified.out())
                .anyMatch(line -> line.matches(".* " + HubServer.COMMIT + "/open_clip_model.safetensors +damaged *"))
                .anyMatch(line -> line.matches(".* " + HubServer.COMMIT + "/tokenizer.json +missing *"))
                .anyMatch(line -> line.matches(".* " + HubServer.COMMIT + "/open_clip_config.json +ok *"));
        assertThat(verified.err())
                .containsExactly("clap: Damaged: owner/tiny-clip; run \"clap models remove owner/tiny-clip\" and \"clap"
                        + " models pull owner/tiny-clip\"");

        ChildProcess.Result removed = clap("models", "remove", "owner/tiny-clip", "ViT-B-16:openai");
        assertThat(removed.out().get(0)).matches("Removed owner/tiny-clip, 1\\d MB");
        assertThat(removed.out().get(1)).isEqualTo("Removed " + TAGGED + ", 2.0 MB");
        assertThat(clap("models", "list").out())
                .containsExactly("No models are in " + cache + "; clap models lists good ones");
        assertThat(clap("models", "remove", "owner/tiny-clip").err())
                .containsExactly("clap: owner/tiny-clip is not in " + cache);
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner/tiny-clip", "owner/tiny-clip@v1", "ViT-B-16:openai"})
    void aPullThatIsKilledIsResumed(String name) throws Exception {
        String weights = "open_clip_model.safetensors";
        server.slow(5);
        Process killed = process("models", "pull", name).start(folder);
        while (received() < 300_000) {
            assertThat(killed.isAlive()).isTrue();
            Thread.sleep(10);
        }
        killed.destroyForcibly().waitFor();
        long kept = received();
        server.slow(0);
        ChildProcess.Result pulled = clap("models", "pull", name);
        assertThat(pulled.exitCode()).as("%s", pulled).isZero();
        assertThat(pulled.err()).singleElement().asString().contains(" are here already, into ");
        assertThat(Path.of(pulled.out().get(0)).resolve(weights)).isRegularFile();
        assertThat(server.deliveries(weights))
                .extracting(HubServer.Request::range)
                .containsExactly(null, "bytes=" + kept + "-");
        assertThat(clap("models", "verify").exitCode()).isZero();
    }

    /** Returns the number of bytes of files that are not complete. */
    private long received() throws IOException {
        if (!Files.exists(cache)) {
            return 0;
        }
        return FilesBelow.of(cache).stream()
                .filter(file -> file.toString().endsWith(".incomplete"))
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    @Test
    void aModelIsDownloadedWhereItIsNeeded() {
        ChildProcess.Result tokens = clap("tokenize", "--model", "owner/tiny-clip", "a photo of a dog");
        assertThat(tokens.exitCode()).as("%s", tokens).isZero();
        assertThat(tokens.err()).hasSize(1).first().asString().startsWith("clap: downloading owner/tiny-clip from ");
    }

    @Test
    void mistakesAreOneLine() {
        assertThat(clap("tokenize", "--model", "owner/tiny-clap", "dog").err())
                .singleElement()
                .asString()
                .startsWith(
                        "clap: There is neither a folder owner/tiny-clap here nor a model of that name on 127.0.0.1:");
        assertThat(clap("tokenize", "--model", "ViT-B-16:openia", "dog").err())
                .containsExactly(
                        "clap: open_clip publishes no weights openia of ViT-B-16 (did you mean openai?); there are"
                                + " openai, laion400m_e31, laion400m_e32, laion2b_s34b_b88k, datacomp_xl_s13b_b90k,"
                                + " datacomp_l_s1b_b8k, … (15 in all)");
        assertThat(clap("models", "pull", "no-name").err())
                .singleElement()
                .asString()
                .startsWith("clap: \"no-name\" is no model's name; write OWNER/NAME as on 127.0.0.1:");
    }

    @Test
    void withoutAConnection() {
        server.close();
        for (List<String> words : List.of(
                List.of("tokenize", "--model", "owner/tiny-clip", "dog"),
                List.of("models", "pull", "owner/tiny-clip"))) {
            ChildProcess.Result result = clap(words.toArray());
            assertThat(result.exitCode()).isEqualTo(Clap.FAILED);
            assertThat(result.err())
                    .singleElement()
                    .asString()
                    .matches(
                            "clap: owner/tiny-clip is neither a folder here nor in the cache, and 127\\.0\\.0\\.1:\\d+ cannot be"
                                    + " reached; download it on a machine with a connection, and copy the folder"
                                    + " models--owner--tiny-clip from its cache to " + cache
                                    + "/models--owner--tiny-clip; the command there: clap models pull owner/tiny-clip");
        }
    }
}
