package dev.clap4j.internal.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A server that answers JSON with JSON. Thread-safe.
 *
 * <p>Temporary failures (timeouts, too many requests, server errors) are retried after pauses that double or that the
 * server requests, within the timeout of a request; all other errors are reported at once. The key is sent in the
 * request's header only: redirects are not followed, and in quotations of the server it is masked. Proxies are those of
 * the Java virtual machine, such as {@code -Dhttps.proxyHost}.
 */
public final class JsonEndpoint {
    private static final int TRIES = 5;
    private static final int SEARCHED = 1 << 16;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST_TOKENS = 1 << 18;

    /** Reads answers, whose bytes are limited, and so are the objects that they may become. */
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .build();

    private final Service service;
    private final URI uri;
    private final String model;
    private final Optional<ApiKey> key;
    private final Timeouts timeouts;
    private final ServerWords words;
    private final HttpClient client;

    /**
     * Creates a client.
     *
     * @param address the service's address, with or without its path
     * @param model the model's name on the server, for messages; empty if it has only one
     * @param key the key, if the server requires one
     * @throws ClapException if the address is invalid or contains a password, a key or a query
     */
    public JsonEndpoint(Service service, String address, String model, Optional<ApiKey> key, Timeouts timeouts) {
        this.service = service;
        this.key = key;
        this.words = new ServerWords(key);
        this.uri = EndpointAddress.parse(address, service, key);
        this.model = model;
        this.timeouts = timeouts;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeouts.connection())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Returns the address to which requests are sent. */
    public URI uri() {
        return uri;
    }

    /**
     * Sends a request until it is answered.
     *
     * @param reader finds the answer in the server's JSON; empty if it is not there
     * @throws RefusedException if the server refuses the request
     * @throws ClapException if there is no answer, or it is something else or too long
     */
    public <T> T post(JsonNode request, Function<JsonNode, Optional<T>> reader) {
        byte[] body = body(post(request));
        try {
            Optional<T> answer = reader.apply(JSON.readTree(body));
            if (answer.isPresent()) {
                return answer.get();
            }
        } catch (IOException e) {
            // Reported below, like any other invalid answer.
        }
        throw new ClapException(uri + " does not answer with " + service.answer() + " but with: " + words.quote(body));
    }

    private byte[] body(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        if (body.length > service.mostBytes()) {
            throw new ClapException(
                    uri + " answers with more than " + (service.mostBytes() >> 20) + " MiB: " + words.quote(body));
        }
        return body;
    }

    private HttpResponse<byte[]> post(JsonNode body) {
        HttpRequest request = request(body);
        long end = System.nanoTime() + timeouts.request().toNanos();
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

    private HttpResponse<byte[]> attempt(HttpRequest request, Duration left) throws PassingTrouble {
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
            return response;
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

    private HttpRequest request(JsonNode body) {
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
                client.sendAsync(request, head -> new LimitedBody(service.mostBytes()));
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

    private RefusedException refusal(HttpResponse<byte[]> response, String what) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 ->
                refused(
                        response,
                        Problem.WRONG_ENDPOINT,
                        what + "; it redirects to \""
                                + words.quote(response.headers()
                                        .firstValue("Location")
                                        .orElse(""))
                                + "\", which is not followed; use that address if it is the right one");
            case 401, 403 ->
                key.isEmpty()
                        ? refused(response, Problem.NO_KEY, what + "; it requires a key")
                        : refused(response, null, what + "; check the key");
            case 404 ->
                refused(
                        response,
                        Problem.WRONG_ENDPOINT,
                        what + "; check the address"
                                + (model.isEmpty() ? "" : " and the name of the model, \"" + model + "\""));
            default -> refused(response, null, what);
        };
    }

    private static RefusedException refused(HttpResponse<byte[]> response, Problem problem, String message) {
        return new RefusedException(problem, message, response.statusCode(), words(response.body()));
    }

    /** Returns the beginning of a message, in which a name can be looked for. */
    private static String words(byte[] body) {
        return new String(body, 0, Math.min(body.length, SEARCHED), StandardCharsets.UTF_8);
    }

    private static Optional<Duration> retryAfter(HttpResponse<byte[]> response) {
        return RetryAfter.of(response).map(wanted -> wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE);
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
        return new ClapException("The request to " + uri + " was interrupted", cause);
    }
}
