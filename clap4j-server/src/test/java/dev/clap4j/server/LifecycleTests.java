package dev.clap4j.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.TinyClip;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts, stops, overload, keys and changes of the head. */
@Timeout(60)
class LifecycleTests {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String TEXT = "{\"input\": \"a dog\"}";

    @TempDir
    private Path folder;

    private Clip clip;

    @BeforeEach
    void load() throws IOException {
        clip = Clip.load(TinyClip.write(folder));
    }

    @AfterEach
    void free() {
        clip.close();
    }

    private ClapServer.Builder builder() {
        return ClapServer.builder().model(clip).port(0).log(line -> {});
    }

    private static HttpResponse<String> embed(ClapServer server, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve("/v1/embeddings"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(TEXT));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(20);
        }
    }

    @Test
    void keysAreRequired() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "first-key-of-users\nsecond-key-of-users\n");
        try (ClapServer server = builder().apiKeys(keys).start()) {
            assertThat(embed(server).statusCode()).isEqualTo(401);
            assertThat(embed(server, "Authorization", "Bearer wrong-key-of-users")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(embed(server, "Authorization", "Bearer second-key-of-users")
                            .statusCode())
                    .isEqualTo(200);
        }
        Path shortKeys = Files.writeString(folder.resolve("short"), "secret\n");
        assertThatThrownBy(() -> builder().apiKeys(shortKeys))
                .isInstanceOf(ClapException.class)
                .hasMessageNotContaining("secret\n");
    }

    /** A connection that has begun a request and does not end it takes the only place. */
    @Test
    void whoeverComesWhenAllPlacesAreTakenIsSentAwayAtOnce() throws Exception {
        try (ClapServer server = builder().maxRequests(1).start()) {
            try (Socket slow = begun(server)) {
                await(() -> metrics(server).contains("clap_requests_active 1.0"));
                HttpResponse<String> refused = embed(server);
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(slow.isConnected()).isTrue();
            }
            await(() -> embedded(server).statusCode() == 200);
        }
    }

    private static String metrics(ClapServer server) {
        try {
            return CLIENT.send(
                            HttpRequest.newBuilder(server.address().resolve("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> embedded(ClapServer server) {
        try {
            return embed(server);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Socket begun(ClapServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        OutputStream out = socket.getOutputStream();
        out.write(("POST /v1/embeddings HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + TEXT.length() + "\r\n\r\n{")
                .getBytes(UTF_8));
        out.flush();
        return socket;
    }

    @Test
    void aBodyThatDoesNotComeIsNotWaitedForLonger() throws Exception {
        try (ClapServer server = builder().requestTime(Duration.ofMillis(500)).start();
                Socket slow = begun(server)) {
            String answer = new String(slow.getInputStream().readNBytes(12), UTF_8);
            assertThat(answer).isEqualTo("HTTP/1.1 408");
        }
    }

    @Test
    void requestsAtWorkAreAnsweredBeforeItStops() throws Exception {
        ClapServer server = builder().start();
        int port = server.port();
        try (Socket slow = begun(server)) {
            assertThat(embed(server).statusCode()).isEqualTo(200);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            Thread.sleep(200);
            assertThat(closing).isNotDone();
            slow.getOutputStream().write(TEXT.substring(1).getBytes(UTF_8));
            slow.getOutputStream().flush();
            String answer = new String(slow.getInputStream().readNBytes(12), UTF_8);
            assertThat(answer).isEqualTo("HTTP/1.1 200");
            closing.join();
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void aChangedHeadIsUsedAndABadOneIsNot() throws Exception {
        Path head = folder.resolve("head.safetensors");
        TinyClip.head(1).save(head);
        try (ClapServer server = builder().head(head).start()) {
            String first = embed(server).body();
            Files.writeString(head, "no head");
            Thread.sleep(1500);
            assertThat(embed(server).body()).isEqualTo(first);
            TinyClip.head(2).save(head);
            await(() -> !embedded(server).body().equals(first));
        }
    }

    /** Whoever would have to wait at all is sent away, as long as others are at work; afterwards all is as before. */
    @Test
    void whoeverWouldWaitForTooLongIsSentAway() throws Exception {
        try (ClapServer server = builder().maxWait(Duration.ofNanos(1)).start()) {
            AtomicReference<HttpResponse<String>> refused = new AtomicReference<>();
            List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> {
                        while (refused.get() == null) {
                            HttpResponse<String> answer = embedded(server);
                            if (answer.statusCode() != 200) {
                                refused.set(answer);
                            }
                        }
                    }))
                    .toList();
            callers.forEach(CompletableFuture::join);
            assertThat(refused.get().statusCode()).isEqualTo(429);
            assertThat(refused.get().headers().firstValue("Retry-After")).contains("1");
            await(() -> metrics(server).contains("clap_inputs_admitted 0.0"));
            assertThat(embed(server).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoeverSendsByteByByteIsSentAway() throws Exception {
        try (ClapServer server = builder().start();
                Socket slow = begun(server)) {
            while (slow.getInputStream().available() == 0) {
                slow.getOutputStream().write(' ');
                Thread.sleep(1_000);
            }
            assertThat(new String(slow.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 408");
        }
    }

    /** A picture that takes a while to decode, then a text. */
    private static byte[] pictureRequest(ClapServer server) throws IOException {
        ByteArrayOutputStream large = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(6_000, 6_000, BufferedImage.TYPE_BYTE_GRAY), "png", large);
        return request(
                server,
                "{\"input\": {\"image\": \"" + Base64.getEncoder().encodeToString(large.toByteArray()) + "\"}}");
    }

    private static byte[] request(ClapServer server, String body) {
        return ("POST /v1/embeddings HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(UTF_8).strip();
    }

    @Test
    void requestsThatDoNotWaitForAnswersAreAnsweredInOrder() throws Exception {
        try (ClapServer server = builder().start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            InputStream in = socket.getInputStream();
            for (int round = 0; round < 3; round++) {
                socket.getOutputStream().write(pictureRequest(server));
                await(() -> metrics(server).contains("clap_requests_active 1.0"));
                socket.getOutputStream().write(request(server, TEXT));
                socket.getOutputStream().write(request(server, "no JSON"));
                for (String status : List.of("200 OK", "200 OK", "400 Bad Request")) {
                    assertThat(line(in)).isEqualTo("HTTP/1.1 " + status);
                    int length = 0;
                    for (String header = line(in); !header.isEmpty(); header = line(in)) {
                        assertThat(header).isNotEqualToIgnoringCase("Connection: close");
                        if (header.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
                            length = Integer.parseInt(header.substring("content-length: ".length()));
                        }
                    }
                    in.skipNBytes(length);
                }
            }
        }
    }

    @Test
    void aClientThatGoesAwayIsNoticed() throws Exception {
        try (ClapServer server = builder().start()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write(pictureRequest(server));
                await(() -> metrics(server).contains("clap_requests_active 1.0"));
            }
            await(() -> metrics(server).contains("clap_cancelled_total 1.0"));
            assertThat(embed(server).statusCode()).isEqualTo(200);
        }
    }

    /** Behind a reverse proxy, the page's own requests name the public host, and the header Host may be either. */
    @Test
    void thePageWorksUnderThePublicName() throws Exception {
        String body = " HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + TEXT.length() + "\r\nHost: %s\r\nOrigin: %s\r\n\r\n" + TEXT;
        try (ClapServer server = builder().publicHosts("clap.example.org").start();
                ClapServer other = builder().start()) {
            assertThat(status(server, body, "127.0.0.1:8080", "https://clap.example.org"))
                    .isEqualTo("200");
            assertThat(status(server, body, "CLAP.example.org", "https://clap.example.org"))
                    .isEqualTo("200");
            assertThat(status(server, body, "clap.example.org", "https://clap.example.org:8443"))
                    .isEqualTo("200");
            assertThat(status(server, body, "127.0.0.1:8080", "https://example.org"))
                    .isEqualTo("403");
            assertThat(status(server, body, "example.org", "https://clap.example.org"))
                    .isEqualTo("403");
            assertThat(status(other, body, "127.0.0.1:8080", "https://clap.example.org"))
                    .isEqualTo("403");
            assertThat(answer(other, body, "clap.example.org", "https://clap.example.org"))
                    .contains("answers to http://localhost:" + other.port() + " and to the public hosts");
        }
        assertThatThrownBy(() -> builder().publicHosts("https://clap.example.org"))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("not https://clap.example.org");
    }

    private static String status(ClapServer server, String request, String host, String origin) throws IOException {
        return answer(server, request, host, origin).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    private static String answer(ClapServer server, String request, String host, String origin) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(("POST /v1/embeddings" + request.formatted(host, origin)).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void aBodyIsAnArray() {
        assertThatThrownBy(() -> builder().maxBodyBytes(1L << 31).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2147483639 bytes");
    }

    @Test
    void howMuchMemoryThereIsStaysUnknown() throws Exception {
        ByteArrayOutputStream huge = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(30_000, 30_000, BufferedImage.TYPE_BYTE_BINARY), "png", huge);
        String body = "{\"input\": {\"image\": \"" + Base64.getEncoder().encodeToString(huge.toByteArray()) + "\"}}";
        try (ClapServer server = builder().maxPixels(1_000_000_000).start()) {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(server.address().resolve("/v1/embeddings"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("it takes too much memory").doesNotContain("Xmx", "MiB");
        }
    }

    @Test
    void theDashboardShowsNothingThatIsNotThere() throws Exception {
        String dashboard =
                Files.readString(Path.of(System.getProperty("clap4j.root", ".."), "docs/serve-grafana.json"));
        try (ClapServer server = builder().start()) {
            Set<String> shown = metrics(server)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceFirst("[{ ].*", ""))
                    .collect(Collectors.toSet());
            Matcher names = Pattern.compile("\\b(clap|jvm|process|system)_\\w+").matcher(dashboard);
            assertThat(names.results().map(MatchResult::group).distinct().toList())
                    .hasSizeGreaterThan(10)
                    .allMatch(shown::contains);
        }
    }

    /** Nothing is said of requests by a server that never had one. */
    @Test
    void theReasonWhyItCannotListenIsSaid() {
        List<String> log = new CopyOnWriteArrayList<>();
        try (ClapServer server = builder().start()) {
            assertThatThrownBy(() -> builder().log(log::add).port(server.port()).start())
                    .isInstanceOf(ClapException.class)
                    .hasMessage("Cannot listen on 127.0.0.1, port " + server.port()
                            + ": another program uses the port; choose another one");
        }
        assertThatThrownBy(() -> builder().log(log::add).host("192.0.2.1").start())
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot listen on 192.0.2.1, port 0: the address is not of this machine");
        assertThatThrownBy(() -> builder().log(log::add).host("nowhere.invalid").start())
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot listen on nowhere.invalid, port 0: there is no such host");
        assertThat(log).isEmpty();
    }

    @Test
    void classesThatAreTooLongAreRefused() {
        assertThatThrownBy(() ->
                        builder().classes(List.of("cat", "dog ".repeat(99))).start())
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("tokens");
    }
}
