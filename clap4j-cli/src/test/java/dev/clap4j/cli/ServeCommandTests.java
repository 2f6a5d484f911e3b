package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code clap serve} as a process of its own. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class ServeCommandTests {
    private static final Pattern ADDRESS = Pattern.compile(
            "serving at (http://127\\.0\\.0\\.1:\\d+), to this machine alone \\(see --host and --public-host\\); Ctrl-C stops\\R");
    private static final String TEXT = "{\"input\": \"a dog\"}";

    @TempDir
    private Path folder;

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Clap.class.getName(),
                        "serve",
                        "--port",
                        "0")
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private URI address(Process process) throws IOException, InterruptedException {
        Path said = folder.resolve("err");
        Matcher address = ADDRESS.matcher(Files.readString(said));
        while (!address.find()) {
            assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
            Thread.sleep(20);
            address = ADDRESS.matcher(Files.readString(said));
        }
        return URI.create(address.group(1));
    }

    @Test
    void answersUntilItIsAskedToEnd() throws Exception {
        Process process = start();
        try {
            URI address = address(process);
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address.resolve("/v1/embeddings"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(TEXT))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            try (Socket begun = new Socket(address.getHost(), address.getPort())) {
                begun.getOutputStream()
                        .write(("POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: " + TEXT.length() + "\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(300);
                process.destroy();
                Thread.sleep(300);
                begun.getOutputStream().write(TEXT.substring(1).getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(begun.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(Files.readAllLines(folder.resolve("out")))
                    .last()
                    .asString()
                    .contains("All requests were answered");
            assertThat(Files.readString(folder.resolve("err")))
                    .contains("clap: stopping; open requests are being answered …");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aCheckAnswersAndEnds() {
        CommandRun run = CommandRun.of("serve", "--check", "--port", "0");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.err()).contains("answered a text and a picture at http://127.0.0.1:");
        assertThat(run.out()).contains("\"route\":\"/readyz\"", "\"status\":200");
    }

    @Test
    void aCheckFailsWhereAnIndexCannotBeSearched() throws IOException {
        Path model = TinyModel.write(folder.resolve("model"));
        Path head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.5f);
        Path index = folder.resolve("index");
        Path images = SamplePictures.folder("photo/dog");
        CommandRun made = CommandRun.of(
                "index", "--model", model, "--head", head, "--alpha", 0.25, "--images", images, "--out", index);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(Clap.DONE);
        CommandRun plain = CommandRun.of("serve", "--check", "--port", 0, "--model", model, "--index", index);
        assertThat(plain.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(plain.err())
                .contains("was made with a head, the one that was in " + head
                        + ", and alpha 0.25; give --model, --head and --alpha as for");
        CommandRun right = CommandRun.of(
                "serve", "--check", "--port", 0, "--model", model, "--head", head, "--alpha", 0.25, "--index", index);
        assertThat(right.exitCode()).as(right.err()).isEqualTo(Clap.DONE);
    }

    @Test
    void aCheckFailsWhereTheServerCannotStart() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = CommandRun.of("serve", "--check", "--port", taken.getLocalPort());
            assertThat(run.exitCode()).isNotEqualTo(Clap.DONE);
            assertThat(run.err()).contains(String.valueOf(taken.getLocalPort())).doesNotContain("Javalin");
        }
    }
}
