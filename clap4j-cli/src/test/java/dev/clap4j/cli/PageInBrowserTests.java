package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.Clip;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.server.ClapServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a server in Chromium, driven by {@code src/test/browser/page.mjs}, with 5,000 pictures of icon world. */
@Tag("browser")
class PageInBrowserTests {
    private static final String PLAYWRIGHT = "playwright-core@1.65.1";
    private static final String AXE = "axe-core@4.14.1";
    private static final String KEY = "a-key-of-many-letters";
    private static final String CLASSES = "dog,cat,bird,fish,apple";
    private static final Path SCRIPT = Path.of("src/test/browser/page.mjs").toAbsolutePath();
    private static final Path PACKAGES = Path.of("target/browser").toAbsolutePath();

    @TempDir
    private Path folder;

    private static String chromium() {
        List<String> places = List.of(
                System.getProperty("clap4j.chromium", ""),
                "/usr/bin/chromium",
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
        return places.stream()
                .filter(place -> !place.isEmpty() && Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElse("");
    }

    private static int run(Path in, String... command) throws Exception {
        Process process =
                new ProcessBuilder(command).directory(in.toFile()).inheritIO().start();
        assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private static boolean hasNode() throws Exception {
        try {
            return run(Path.of("."), "node", "--version") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void done(Object... command) {
        CommandRun run = CommandRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
    }

    @Test
    void everyFlowPasses() throws Exception {
        String chromium = chromium();
        assumeTrue(!chromium.isEmpty(), "There is no Chromium; -Dclap4j.chromium=FILE names one");
        assumeTrue(hasNode(), "There is no Node.js");
        Files.createDirectories(PACKAGES);
        assertThat(run(PACKAGES, "npm", "install", "--no-audit", "--no-fund", "--prefix", ".", PLAYWRIGHT, AXE))
                .isZero();
        Path world = folder.resolve("world");
        done("iconworld", "build", "--out", world, "--domains", "types", "--concepts", 25, "--per-class", 25);
        List<Path> pictures = hostile(world);
        Path head = folder.resolve("head");
        done("train", "--classes", CLASSES, "--steps", 100, "--out", head);
        Path weights = head.resolve("head.safetensors");
        Path plain = folder.resolve("plain.index");
        Path robust = folder.resolve("robust.index");
        done("index", "--images", world, "--out", plain, "--classes", CLASSES);
        done("index", "--images", world, "--out", robust, "--classes", CLASSES, "--head", weights);
        Path keys = Files.writeString(folder.resolve("keys"), KEY + "\n");
        Path shots = Files.createDirectories(PACKAGES.resolve("shots"));
        try (Clip clip = Clip.mini();
                ClapServer server = ClapServer.builder()
                        .model(clip)
                        .head(weights)
                        .classes(List.of(CLASSES.split(",")))
                        .indexes(plain, robust)
                        .map(ServeCommand::map)
                        .port(0)
                        .start();
                ClapServer locked =
                        ClapServer.builder().model(clip).apiKeys(keys).port(0).start()) {
            Path settings = folder.resolve("settings.json");
            new JsonMapper()
                    .writeValue(
                            settings.toFile(),
                            Map.of(
                                    "address", server.address().toString(),
                                    "locked", locked.address().toString(),
                                    "key", KEY,
                                    "chromium", chromium,
                                    "packages", PACKAGES.toString(),
                                    "shots", shots.toString(),
                                    "pictures",
                                            pictures.stream()
                                                    .map(Path::toString)
                                                    .toList()));
            assertThat(run(folder, "node", SCRIPT.toString(), settings.toString()))
                    .isZero();
        }
    }

    /** Adds pictures whose names would like to be more than names; returns some pictures, one of them damaged. */
    private static List<Path> hostile(Path world) throws IOException {
        List<Path> some = ImageFiles.list(world);
        Path names = Files.createDirectory(world.resolve("names"));
        List<Path> pictures = new ArrayList<>(some.subList(0, 2));
        for (String name : List.of(
                "<img src=x onerror=alert(1)>.png",
                "\"><script>alert('x')<.png",
                "dog\u202egnp.exe.png",
                "very-long-".repeat(20) + ".png",
                "%2e%2e%2fetc &lt;b&gt;.png")) {
            pictures.add(Files.copy(some.get(0), names.resolve(name)));
        }
        pictures.add(Files.writeString(world.resolveSibling("damaged.png"), "no picture"));
        return pictures;
    }
}
