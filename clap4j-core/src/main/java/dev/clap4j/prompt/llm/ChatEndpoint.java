package dev.clap4j.prompt.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A language model behind an endpoint for OpenAI's chat completions, as offered by most servers. Thread-safe.
 *
 * <p>Temporary failures (timeouts, too many requests, server errors) are retried after pauses that double or that the
 * server requests, for at most ten minutes; all other errors are reported at once. The key is sent in the request's
 * header only: redirects are not followed, and in quotations of the server it is masked.
 */
public final class ChatEndpoint implements Chat {
    private static final String PATH = "/chat/completions";
    private static final int TRIES = 5;
    private static final int MOST_BYTES = 8 << 20;
    private static final int LAST_PORT = 65_535;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI uri;
    private final String model;
    private final Optional<ApiKey> key;
    private final Timeouts timeouts;
    private final ServerWords words;
    private final HttpClient client;

    /**
     * Creates a client.
     *
     * @param endpoint the API's address, for instance {@code http://localhost:8000/v1}, with or without {@code
     *     /chat/completions}
     * @param model the model's name on the server
     * @param key the API key, if the server requires one
     * @throws ClapException if the address is invalid or contains a password or a query, the name is empty, or the key
     *     has invalid characters
     */
    public ChatEndpoint(String endpoint, String model, Optional<String> key) {
        this(endpoint, model, key, Timeouts.DEFAULTS);
    }

    ChatEndpoint(String endpoint, String model, Optional<String> key, Timeouts timeouts) {
        if (model.isBlank()) {
            throw new ClapException("The name of the language model is empty");
        }
        this.key = key.map(ApiKey::of);
        this.words = new ServerWords(this.key);
        this.uri = parse(endpoint);
        this.model = model;
        this.timeouts = timeouts;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeouts.connection())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private URI parse(String endpoint) {
        String base = endpoint.strip().replaceAll("/+$", "");
        if (base.matches("(?s).*[@?#].*") || key.stream().anyMatch(secret -> secret.isIn(base))) {
            // Not shown, for it may hold a password.
            throw new ClapException(
                    Problem.KEY_EXPECTED_ELSEWHERE,
                    "The endpoint should be a plain address, such as http://localhost:8000/v1, without a user, password,"
                            + " key or query; a key is given apart from it");
        }
        try {
            URI address = new URI(base.endsWith(PATH) ? base : base + PATH);
            boolean http =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (http && address.getHost() != null && address.getPort() <= LAST_PORT) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Reported below, like any other invalid address.
        }
        throw new ClapException(
                "The endpoint \"" + endpoint + "\" is not an address; write it as in http://localhost:8000/v1");
    }

    @Override
    public Map<String, String> describe() {
        return Map.of("endpoint", uri.toString(), "model", model);
    }

    @Override
    public String ask(String question) {
        HttpRequest request = request(question);
        long end = System.nanoTime() + timeouts.question().toNanos();
        for (int tries = 1; ; tries++) {
            try {
                return attempt(request, left(end));
            } catch (PassingTrouble trouble) {
                Duration pause = trouble.pause.orElse(timeouts.pause().multipliedBy(1L << (tries - 1)));
                if (tries == TRIES || pause.compareTo(left(end)) >= 0) {
                    throw new ClapException(uri + " gave no answer in "
                            + (tries == 1 ? "one try: " : tries + " tries, the last time: ") + trouble.getMessage());
                }
                sleep(pause);
            }
        }
    }

    /** A temporary failure, with the pause requested by the server, if any. */
    private static final class PassingTrouble extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Optional<Duration> pause;

        PassingTrouble(String what, Optional<Duration> pause) {
            super(what);
            this.pause = pause;
        }
    }

    private String attempt(HttpRequest request, Duration left) throws PassingTrouble {
        HttpResponse<byte[]> response;
        try {
            response = exchange(request, left);
        } catch (ConnectException e) {
            throw new ClapException(
                    Problem.WRONG_ENDPOINT, "Cannot reach " + uri + "; check that a server runs there", e);
        } catch (IOException e) {
            // The message may quote the server, so it is only used in the quotation.
            String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new PassingTrouble(words.quote(what), Optional.empty());
        }
        int status = response.statusCode();
        if (status == 200) {
            return answer(response.body());
        }
        String said = words.quoteError(response.body());
        String problem = "status " + status + (said.isEmpty() ? "" : ", " + said);
        if (status == 408 || status == 429 || status >= 500) {
            throw new PassingTrouble(problem, retryAfter(response));
        }
        throw refusal(response, uri + " refuses: " + problem);
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private HttpRequest request(String question) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        key.ifPresent(secret -> request.header("Authorization", secret.authorization()));
        return request.build();
    }

    /** Sends a request and waits for the complete response, which the client's own timeout does not cover. */
    private HttpResponse<byte[]> exchange(HttpRequest request, Duration left) throws IOException {
        Duration limit = left.compareTo(timeouts.answer()) < 0 ? left : timeouts.answer();
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request, head -> new LimitedBody(MOST_BYTES));
        try {
            return response.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no complete answer within " + limit.toMillis() / 1000.0 + " seconds");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof IOException io
                    ? io
                    : new IOException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            response.cancel(true);
        }
    }

    private String answer(byte[] body) {
        if (body.length > MOST_BYTES) {
            throw new ClapException(
                    uri + " answers with more than " + (MOST_BYTES >> 20) + " MiB: " + words.quote(body));
        }
        try {
            JsonNode content = JSON.readTree(body).at("/choices/0/message/content");
            if (content.isTextual()) {
                String text = content.asText();
                if (key.stream().anyMatch(secret -> secret.isIn(text))) {
                    throw new ClapException(uri + " repeats the key in its answer, so nothing of it is kept");
                }
                return text;
            }
        } catch (IOException e) {
            // Reported below, like any other invalid answer.
        }
        throw new ClapException(uri + " does not answer with a chat completion but with: " + words.quote(body));
    }

    private ClapException refusal(HttpResponse<byte[]> response, String what) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 ->
                new ClapException(
                        Problem.WRONG_ENDPOINT,
                        what + "; it redirects to \""
                                + words.quote(response.headers()
                                        .firstValue("Location")
                                        .orElse(""))
                                + "\", which is not followed; use that address if it is the right one");
            case 401, 403 ->
                key.isEmpty()
                        ? new ClapException(Problem.NO_KEY, what + "; it requires a key")
                        : new ClapException(what + "; check the key");
            case 404 ->
                new ClapException(
                        Problem.WRONG_ENDPOINT,
                        what + "; check the address and the name of the model, \"" + model + "\"");
            default -> new ClapException(what);
        };
    }

    private static Optional<Duration> retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(wanted -> wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE);
    }

    private void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private ClapException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ClapException("The question to " + uri + " was interrupted", cause);
    }
}
