package dev.clap4j.diffusion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.PngEncoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that draws for tests, by both interfaces: fails as it is told to, then answers with noise from the seed. */
public final class PictureServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** Requests so far, in order. */
    public final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());

    /** The keys that came with them. */
    public final List<String> keys = Collections.synchronizedList(new ArrayList<>());

    /** The most requests that were answered at the same time. */
    public final AtomicInteger mostAtOnce = new AtomicInteger();

    private final AtomicInteger atOnce = new AtomicInteger();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final List<Failure> failures = Collections.synchronizedList(new ArrayList<>());

    private record Failure(int status, String body, String retryAfter) {}

    /** Starts a server on a free port of this machine. */
    public PictureServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/images/generations",
                exchange -> handle(exchange, request -> "{\"created\": 1, \"data\": [{\"b64_json\": \"%s\"}]}"
                        .formatted(picture(request.path("size").asText("64x48").split("x", -1), request))));
        server.createContext(
                "/sdapi/v1/txt2img",
                exchange -> handle(exchange, request -> "{\"images\": [\"data:image/png;base64,%s\"], \"info\": \"{}\"}"
                        .formatted(picture(
                                new String[] {
                                    request.path("width").asText("64"),
                                    request.path("height").asText("48")
                                },
                                request))));
        server.setExecutor(threads);
        server.start();
    }

    private interface Answer {
        String to(JsonNode request);
    }

    /** Returns the address of OpenAI's interface. */
    public String openAi() {
        return root() + "/v1";
    }

    /** Returns the address of the other interface. */
    public String root() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next request fails so. */
    public void failNext(int status, String body) {
        failures.add(new Failure(status, body, ""));
    }

    /** The next request fails, and should be repeated after some seconds or at a date. */
    public void failNextUntil(int status, String retryAfter) {
        failures.add(new Failure(status, "", retryAfter));
    }

    /** Returns the picture of a request as it is sent, in base64. */
    public static String picture(int width, int height, String prompt, long seed) {
        byte[] samples = new byte[3 * width * height];
        new Random(31 * seed + prompt.hashCode()).nextBytes(samples);
        return Base64.getEncoder().encodeToString(PngEncoder.encode(Bitmap.of(PixelMode.RGB, width, height, samples)));
    }

    private static String picture(String[] size, JsonNode request) {
        return picture(
                Integer.parseInt(size[0]),
                Integer.parseInt(size[1]),
                request.path("prompt").asText(),
                request.path("seed").asLong());
    }

    private void handle(HttpExchange exchange, Answer answer) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            requests.add(request);
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            Failure failure = failures.isEmpty() ? null : failures.remove(0);
            if (failure == null) {
                send(exchange, 200, answer.to(request));
                return;
            }
            if (!failure.retryAfter.isEmpty()) {
                exchange.getResponseHeaders().add("Retry-After", failure.retryAfter);
            }
            send(exchange, failure.status, failure.body);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
