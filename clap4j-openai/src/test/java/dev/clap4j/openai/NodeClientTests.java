package dev.clap4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The npm package {@code openai} against a running server: {@code client.mjs}, where Node is installed. */
class NodeClientTests {
    private static final Path SCRIPTS = Path.of("src", "test", "node");

    @Test
    void allChecksOfTheScriptHold(@TempDir Path folder) throws Exception {
        assumeTrue(starts("node") && starts("npm"), "Node is not installed");
        for (String name : List.of("package.json", "client.mjs")) {
            Files.copy(SCRIPTS.resolve(name), folder.resolve(name));
        }
        run(folder, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent");
        try (TestServer server = TestServer.start(folder)) {
            String said = run(
                    folder,
                    "node",
                    "client.mjs",
                    server.address() + "/v1",
                    TestServer.KEY,
                    server.file(0).toString());
            assertThat(said.lines()).last().asString().isEqualTo("9 checks hold");
        }
    }

    private static boolean starts(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(Path folder, String... command) throws Exception {
        Path said = Files.createTempFile(folder, "said", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("%s ends", command[0]).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }
}
