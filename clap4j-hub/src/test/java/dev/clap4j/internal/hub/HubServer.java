package dev.clap4j.internal.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A model hub for tests, on loopback: one server of descriptions and small files, and another one, under another host
 * name, of large files, as the real hub has it.
 */
public final class HubServer implements AutoCloseable {
    /** The commit of every repository. */
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static final int PIECE = 1 << 14;

    /** A request: method, path, token, range and host. */
    public record Request(String method, String path, String token, String range, String host) {}

    /** All requests so far, in order. */
    public final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    private final HttpServer hub = server();
    private final HttpServer store = server();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Map<String, byte[]>> repositories = new HashMap<>();
    private final Map<String, List<Failure>> failures = new HashMap<>();
    private final Map<String, Long> cuts = new HashMap<>();
    private final Map<String, byte[]> replaced = new HashMap<>();
    private final Set<String> unannounced = new HashSet<>();
    private volatile long pauseMillis;

    private record Failure(int status, Map<String, String> headers) {}

    /** Starts the servers. */
    public HubServer() throws IOException {
        hub.createContext("/", exchange -> handle(exchange, this::answer));
        store.createContext("/", exchange -> handle(exchange, this::content));
        hub.setExecutor(threads);
        store.setExecutor(threads);
        hub.start();
        store.start();
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the address for {@code HF_ENDPOINT}. */
    public String endpoint() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    /** Adds a file to a repository; weights are large files of the other server. */
    public HubServer with(String repository, String name, byte[] content) {
        repositories.computeIfAbsent(repository, id -> new TreeMap<>()).put(name, content);
        return this;
    }

    public HubServer with(String repository, String name, String content) {
        return with(repository, name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Requests whose path contains a text fail so, one after another. */
    public void failNext(String path, int status, Map<String, String> headers) {
        failures.computeIfAbsent(path, text -> Collections.synchronizedList(new ArrayList<>()))
                .add(new Failure(status, headers));
    }

    /** The next delivery of a large file ends after so many bytes. */
    public void cutNext(String name, long bytes) {
        cuts.put(name, bytes);
    }

    /** A large file is delivered with another content than described. */
    public void replace(String name, byte[] content) {
        replaced.put(name, content);
    }

    /** The size of a large file is nowhere given. */
    public void hideSize(String name) {
        unannounced.add(name);
    }

    /** Large files and lists are delivered slowly: a pause before every 16 kB. */
    public void slow(long millis) {
        pauseMillis = millis;
    }

    /** Returns the requests for contents of a file. */
    public List<Request> deliveries(String name) {
        return requests.stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().endsWith("/" + name))
                .filter(request -> request.host().startsWith("localhost") || !isLarge(name))
                .toList();
    }

    private static boolean isLarge(String name) {
        return name.matches(".*\\.(safetensors|bin|pt)");
    }

    /** Answers one request. */
    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void handle(HttpExchange exchange, Answer answer) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        requests.add(new Request(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Range"),
                exchange.getRequestHeaders().getFirst("Host")));
        try (exchange) {
            for (Map.Entry<String, List<Failure>> failing : failures.entrySet()) {
                if (path.contains(failing.getKey()) && !failing.getValue().isEmpty()) {
                    Failure failure = failing.getValue().remove(0);
                    failure.headers().forEach(exchange.getResponseHeaders()::set);
                    exchange.sendResponseHeaders(failure.status(), -1);
                    return;
                }
            }
            answer.to(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        for (Map.Entry<String, Map<String, byte[]>> repository : repositories.entrySet()) {
            if (path.startsWith("/api/models/" + repository.getKey() + "/revision/")) {
                list(exchange, path, repository.getValue());
                return;
            }
            String start = "/" + repository.getKey() + "/resolve/";
            if (path.startsWith(start)) {
                String revisionAndName = path.substring(start.length());
                resolve(exchange, repository.getKey(), revisionAndName.substring(revisionAndName.indexOf('/') + 1));
                return;
            }
        }
        exchange.getResponseHeaders().set("X-Error-Code", "RepoNotFound");
        exchange.sendResponseHeaders(401, -1);
    }

    private void list(HttpExchange exchange, String path, Map<String, byte[]> files) throws IOException {
        if (path.endsWith("/nosuch")) {
            exchange.getResponseHeaders().set("X-Error-Code", "RevisionNotFound");
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        String names = files.keySet().stream()
                .map(name -> "{\"rfilename\": \"" + name + "\"}")
                .collect(Collectors.joining(", "));
        byte[] body = ("{\"sha\": \"" + COMMIT + "\", \"siblings\": [" + names + "]}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        write(exchange, body, 0, body.length);
    }

    private void resolve(HttpExchange exchange, String repository, String name) throws IOException {
        byte[] content = repositories.get(repository).get(name);
        exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
        if (content == null) {
            exchange.getResponseHeaders().set("X-Error-Code", "EntryNotFound");
            exchange.sendResponseHeaders(404, -1);
        } else if (isLarge(name)) {
            exchange.getResponseHeaders().set("X-Linked-Etag", '"' + etag(name, content) + '"');
            if (!unannounced.contains(name)) {
                exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(content.length));
            }
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            "http://localhost:" + store.getAddress().getPort() + "/" + repository + "/" + name);
            exchange.sendResponseHeaders(302, -1);
        } else {
            exchange.getResponseHeaders().set("ETag", '"' + etag(name, content) + '"');
            send(exchange, name, content);
        }
    }

    private void content(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        String repository = repositories.keySet().stream()
                .filter(path::startsWith)
                .findFirst()
                .orElseThrow();
        String name = path.substring(repository.length() + 1);
        byte[] content = repositories.get(repository).get(name);
        send(exchange, name, replaced.getOrDefault(name, content));
    }

    private void send(HttpExchange exchange, String name, byte[] content) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from > 0 && from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, unannounced.contains(name) ? 0 : content.length - from);
        Long cut = cuts.remove(name);
        long end = cut == null ? content.length : Math.min(content.length, from + cut);
        write(exchange, content, from, end);
    }

    private void write(HttpExchange exchange, byte[] content, int from, long end) throws IOException {
        OutputStream out = exchange.getResponseBody();
        for (int i = from; i < end; i += PIECE) {
            pause();
            out.write(content, i, (int) Math.min(PIECE, end - i));
            out.flush();
        }
    }

    private void pause() {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the etag that the hub gives a content. */
    public static String etag(String name, byte[] content) {
        try {
            if (isLarge(name)) {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            }
            MessageDigest git = MessageDigest.getInstance("SHA-1");
            git.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(git.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
