package dev.clap4j.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.TinyClip;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
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
            await(() -> status(server) == 200);
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

    private static int status(ClapServer server) {
        try {
            return embed(server).statusCode();
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
            await(() -> !body(server).equals(first));
        }
    }

    private static String body(ClapServer server) {
        try {
            return embed(server).body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPortInUseIsNamed() {
        try (ClapServer server = builder().start()) {
            assertThatThrownBy(() -> builder().port(server.port()).start())
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("Cannot listen on 127.0.0.1, port " + server.port());
        }
    }
}
