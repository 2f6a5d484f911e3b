package dev.clap4j.fuzz.target;

import com.sun.net.httpserver.HttpServer;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.prompt.llm.ChatEndpoint;
import dev.clap4j.prompt.llm.PromptWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers of a language model's server, which is simulated in this process. */
final class ChatAnswers {
    private static volatile byte[] body = new byte[0];
    private static HttpServer server;

    private ChatAnswers() {}

    static List<Input> answers() {
        String answer = """
                {"id": "1", "object": "chat.completion", "choices": [{"index": 0, "finish_reason": "stop",
                  "message": {"role": "assistant", "content": "1. a dog on a beach\\n- a red dog\\n\\"a small dog\\""}}],
                 "usage": {"total_tokens": 12}}
                """;
        return List.of(Input.of("answer.json", answer.getBytes(StandardCharsets.UTF_8)));
    }

    /** Requests prompts and receives the answer in a file. */
    static void ask(Path file) throws IOException {
        body = Files.readAllBytes(file);
        String endpoint = "http://127.0.0.1:" + start().getAddress().getPort() + "/v1";
        new PromptWriter(PromptWriter.QUESTION, 3).write("dog", new ChatEndpoint(endpoint, "small", Optional.empty()));
    }

    private static synchronized HttpServer start() {
        if (server == null) {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
        }
        return server;
    }
}
