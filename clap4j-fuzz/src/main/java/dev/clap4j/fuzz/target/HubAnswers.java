package dev.clap4j.fuzz.target;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.clap4j.Progress;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.internal.hub.NamedModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Answers of a model hub, which is simulated in this process: the list of files, headers, and an index of shards. */
final class HubAnswers {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String LISTING = "listing.json";
    private static final String HEADERS = "headers.txt";
    private static final String INDEX = "index.json";

    private static volatile Path answers;
    private static HttpServer server;

    private HubAnswers() {}

    static List<Input> answers() {
        String listing = "{\"sha\": \"" + COMMIT
                + "\", \"siblings\": [{\"rfilename\": \"config.json\"}, {\"rfilename\": \"model.safetensors.index.json\"},"
                + " {\"rfilename\": \"model-1.safetensors\"}]}";
        String headers = "X-Repo-Commit: " + COMMIT + "\nETag: \"abc\"\nX-Linked-Size: 54\nX-Linked-Etag: W/\"abc\"\n";
        String index = "{\"weight_map\": {\"logit_scale\": \"model-1.safetensors\"}}";
        return List.of(new Input(Map.of(
                LISTING, listing.getBytes(StandardCharsets.UTF_8),
                HEADERS, headers.getBytes(StandardCharsets.UTF_8),
                INDEX, index.getBytes(StandardCharsets.UTF_8))));
    }

    /** Downloads a model from a hub that gives the answers in a folder. */
    static void pull(Path folder) {
        answers = folder;
        String endpoint = "http://127.0.0.1:" + start().getAddress().getPort();
        NamedModels.of(Map.of("HF_ENDPOINT", endpoint), folder.resolve("home"), Duration.ofMillis(1))
                .find("owner/name", Progress.NONE);
    }

    private static synchronized HttpServer start() {
        if (server == null) {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", HubAnswers::answer);
            server.start();
        }
        return server;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean list = exchange.getRequestURI().getPath().startsWith("/api/");
            if (Files.notExists(answers.resolve(list ? LISTING : INDEX)) || Files.notExists(answers.resolve(HEADERS))) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = Files.readAllBytes(answers.resolve(list ? LISTING : INDEX));
            if (!list) {
                String headers = Files.readString(answers.resolve(HEADERS), StandardCharsets.ISO_8859_1);
                headers.lines()
                        .map(line -> line.split(": ", 2))
                        .filter(pair -> pair.length == 2 && pair[0].matches("[\\w-]+") && pair[1].matches("[ -~]*"))
                        .forEach(pair -> exchange.getResponseHeaders().set(pair[0], pair[1]));
            }
            if (exchange.getRequestHeaders().containsKey("Range")) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head || body.length == 0 ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
