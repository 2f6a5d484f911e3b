package dev.clap4j.prompt.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server of chat completions for tests: fails as it is told to, then answers with a function of the question. */
public final class ChatServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** Requests so far, in order. */
    public final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());

    /** The keys that came with them. */
    public final List<String> keys = Collections.synchronizedList(new ArrayList<>());

    private final HttpServer server;
    private final List<Failure> failures = Collections.synchronizedList(new ArrayList<>());

    private record Failure(int status, String body) {}

    /** A server on a free port of this machine. */
    public ChatServer(UnaryOperator<String> answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> handle(exchange, answer));
        server.start();
    }

    /** Returns the address to use as the endpoint. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The next request fails so. */
    public void failNext(int status, String body) {
        failures.add(new Failure(status, body));
    }

    private void handle(HttpExchange exchange, UnaryOperator<String> answer) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        requests.add(request);
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (!failures.isEmpty()) {
            Failure failure = failures.remove(0);
            send(exchange, failure.status, failure.body);
            return;
        }
        String question = request.at("/messages/0/content").asText();
        send(
                exchange,
                200,
                JSON.createObjectNode()
                        .set(
                                "choices",
                                JSON.createArrayNode()
                                        .add(JSON.createObjectNode()
                                                .set(
                                                        "message",
                                                        JSON.createObjectNode()
                                                                .put("role", "assistant")
                                                                .put("content", answer.apply(question)))))
                        .toString());
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
    }
}
