package dev.clap4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Clip;
import dev.clap4j.TinyClip;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests by strangers who mean harm: each gets a short answer soon, and the server goes on. */
class HostileRequestsTests {
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private static Clip clip;
    private static ClapServer server;
    private static String picture;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        clip = Clip.load(TinyClip.write(folder));
        picture = Base64.getEncoder()
                .encodeToString(Files.readAllBytes(
                        TinyClip.images(folder.resolve("images"), 1).get(0)));
        server = ClapServer.builder().model(clip).port(0).log(LOG::add).start();
    }

    @AfterAll
    static void stop() {
        server.close();
        clip.close();
    }

    @BeforeEach
    void forget() {
        LOG.clear();
    }

    /** Sends bytes and reads to the end of the connection. */
    private static String raw(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String post(String path, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + type
                + "\r\nContent-Length: " + bytes.length + "\r\n\r\n" + new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static String json(String path, String body) throws IOException {
        return post(path, "application/json", body);
    }

    private static String form(String... parts) throws IOException {
        String body = Stream.of(parts).map(part -> "--XX\r\n" + part + "\r\n").collect(Collectors.joining());
        return raw("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type:"
                + " multipart/form-data; boundary=XX\r\nContent-Length: " + (body.length() + 6) + "\r\n\r\n" + body
                + "--XX--");
    }

    private static String field(String name, String value) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
    }

    private static void assertRefused(String answer, int status, String... words) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(words);
        assertThat(answer).contains("X-Content-Type-Options: nosniff").hasSizeLessThan(2_000);
        assertThat(LOG).noneMatch(line -> line.contains("\"defect\""));
    }

    /** Returns an object of JSON with a list of as many equal values. */
    private static String list(String name, String value, int count) {
        return "{\"" + name + "\": ["
                + IntStream.range(0, count).mapToObj(i -> value).collect(Collectors.joining(",")) + "]}";
    }

    static Stream<String> bodiesThatTakeMuchMemory() {
        return Stream.of(
                "{\"input\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"input\": \"a dog\", \"dimensions\": " + "9".repeat(1_000) + "}",
                list("input", "{}", 1_000_000),
                list("messages", "[]", 1_000_000),
                list("input", "\"a\"", 1_000_000));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatTakeMuchMemory")
    void refusesJsonThatTakesMoreMemoryThanItsBytes(String body) throws IOException {
        assertRefused(json("/v1/embeddings", body), 400, "nested too deeply");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n",
                "-1\r\n{}\r\n0\r\n\r\n",
                "ffffffffffffffff\r\n{}\r\n",
                "2\r\n{}X\r\n0\r\n\r\n",
                "2;aaaa\0\r\n{}\r\n0\r\n\r\n"
            })
    void damagedChunksAreNoSuccess(String chunks) throws IOException {
        String answer = raw("POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type:"
                + " application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        assertRefused(answer, 400, "damaged");
    }

    @Test
    void aBodyThatEndsTooSoonIsNoSuccess() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 100\r\n\r\n{\"input\":")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOO", "PROPFIND", "get", "CONNECT"})
    void unknownMethodsGetTheAnswerOfAllOthers(String method) throws IOException {
        String target = method.equals("CONNECT") ? "localhost:80" : "/healthz";
        String answer = raw(method + " " + target + " HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .contains("X-Content-Type-Options: nosniff", "application/json")
                .doesNotContain(target);
        assertThat(answer).matches("(?s)HTTP/1.1 (400|404|405|501) .*");
    }

    @Test
    void aLongMethodIsNotRepeated() throws IOException {
        String answer = raw("A".repeat(5_000) + " /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).doesNotContain("AAAA").contains("X-Content-Type-Options: nosniff");
        assertThat(LOG).noneMatch(line -> line.contains("AAAA"));
    }

    @Test
    void refusesTextsThatNoModelTakes() throws IOException {
        assertRefused(
                json("/v1/embeddings", "{\"input\": [\"a dog\", \"" + "&amp;".repeat(100_000) + "\"]}"),
                400,
                "input[1]",
                "500000 characters");
    }

    @Test
    void refusesPromptsThatGrow() throws IOException {
        String images = "{\"images\": [\"" + picture + "\"], \"classes\": [\"dog\", \"%s\"], \"templates\": [\"%s\"]}";
        assertRefused(
                json("/v1/classify", images.formatted("a".repeat(1_000), "{class}".repeat(100_000))),
                400,
                "templates[0]",
                "2000 characters");
        assertRefused(json("/v1/classify", images.formatted("a".repeat(1_000_000), "{class}")), 400, "\"classes\"");
    }

    @Test
    void refusesAnswersThatGrow() throws IOException {
        String classes =
                IntStream.range(0, 4_000).mapToObj(i -> "\"c" + i + "\"").collect(Collectors.joining(","));
        String images =
                IntStream.range(0, 100).mapToObj(i -> "\"" + picture + "\"").collect(Collectors.joining(","));
        assertRefused(
                json("/v1/classify", "{\"images\": [" + images + "], \"classes\": [" + classes + "]}"),
                400,
                "\"top\"",
                "100 pictures with 4000 predictions");
    }

    @Test
    void largePicturesDoNotHoldUpSmallOnes() throws Exception {
        ByteArrayOutputStream large = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4_000, 4_000, BufferedImage.TYPE_INT_RGB), "png", large);
        String images =
                list("input", "{\"image\": \"" + Base64.getEncoder().encodeToString(large.toByteArray()) + "\"}", 12);
        long start = System.nanoTime();
        FutureTask<Long> slow = new FutureTask<>(() -> {
            assertThat(json("/v1/embeddings", images)).startsWith("HTTP/1.1 200 ");
            return System.nanoTime() - start;
        });
        new Thread(slow).start();
        Thread.sleep(200);
        assertThat(json("/v1/embeddings", "{\"input\": {\"image\": \"" + picture + "\"}}"))
                .startsWith("HTTP/1.1 200 ");
        long quick = System.nanoTime() - start;
        assertThat(quick).isLessThan(slow.get() / 2);
    }

    @Test
    void namesWhatIsWrongWithForms() throws IOException {
        assertRefused(post("/v1/classify", "multipart/form-data; boundary=\"", "x"), 400, "boundary");
        assertRefused(post("/v1/classify", "multipart/form-data", "x"), 400, "boundary");
        assertRefused(form(field("top", "1"), field("top", "2")), 400, "\"top\"", "twice");
        assertRefused(form(field("classes", "\u00ff\u00fe,dog")), 400, "\"classes\"", "UTF-8");
        assertRefused(
                form(Stream.generate(() -> field("classes", "a")).limit(2_000).toArray(String[]::new)), 400, "parts");
    }
}
