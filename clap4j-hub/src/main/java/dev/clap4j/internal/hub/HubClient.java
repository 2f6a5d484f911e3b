package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.http.RetryAfter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Requests to the hub. Redirects are followed here rather than by Java's client, so that the token goes to the hub and
 * to no other host. Passing failures are tried again after pauses that double or that the server asks for.
 *
 * <p>Proxies are those of the Java virtual machine, such as {@code -Dhttps.proxyHost}.
 */
final class HubClient {
    private static final int MOST_REDIRECTS = 10;
    private static final int TRIES = 5;
    private static final long LONGEST_PAUSE_SECONDS = 300;
    private static final long WAIT_MILLIS = 100;

    private final HubSettings settings;
    private final HttpClient client;

    HubClient(HubSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.answer())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    HubSettings settings() {
        return settings;
    }

    /**
     * The redirects that a request follows.
     */
    enum Follow {
        /** Those within the hub; one to another host is the answer. */
        WITHIN_HUB,
        /** All but those from https to http. */
        EVERYWHERE
    }

    /**
     * A request.
     *
     * @param method {@code GET} or {@code HEAD}
     * @param path the path below the hub's address, escaped
     * @param headers headers besides that of the token
     * @param follow which redirects to follow
     */
    record Request(String method, String path, Map<String, String> headers, Follow follow) {}

    /**
     * Sends a request until it is answered.
     *
     * @return an answer of any status but those of passing failures
     * @throws IOException if there is no answer after several tries
     * @throws ClapException if the hub wants a long pause
     * @throws StoppedException if the work is to stop meanwhile
     */
    <T> HttpResponse<T> send(Request request, BodyHandler<T> body, Progress progress) throws IOException {
        for (int tries = 1; ; tries++) {
            Duration pause = settings.pause().multipliedBy(1L << (tries - 1));
            try {
                HttpResponse<T> response = redirected(request, body);
                if (!isPassing(response.statusCode()) || tries == TRIES) {
                    return response;
                }
                discard(response);
                pause = RetryAfter.of(response).orElse(pause);
            } catch (InterruptedIOException | HubUnreachable e) {
                throw e;
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
            pause(pause, progress);
        }
    }

    private static boolean isPassing(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    private <T> HttpResponse<T> redirected(Request request, BodyHandler<T> body) throws IOException {
        URI uri = URI.create(settings.endpoint() + request.path());
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            HttpResponse<T> response = exchange(request, uri, body);
            Optional<URI> target;
            try {
                target = target(uri, response);
            } catch (ClapException e) {
                discard(response);
                throw e;
            }
            if (target.isEmpty()
                    || (request.follow() == Follow.WITHIN_HUB && !isHub(target.get()) && describes(response))) {
                return response;
            }
            discard(response);
            if ("https".equalsIgnoreCase(uri.getScheme())
                    && !"https".equalsIgnoreCase(target.get().getScheme())) {
                throw new ClapException(uri.getHost() + " redirects to an address without encryption, "
                        + target.get().getHost() + ", which is not followed");
            }
            uri = target.get();
        }
        throw new ClapException(settings.host() + " redirects more than " + MOST_REDIRECTS + " times");
    }

    /** Returns whether a redirect to another host identifies the file that it leads to. */
    private static boolean describes(HttpResponse<?> response) {
        return response.headers().firstValue("X-Linked-Etag").isPresent();
    }

    private static Optional<URI> target(URI from, HttpResponse<?> response) {
        int status = response.statusCode();
        if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
            return Optional.empty();
        }
        return response.headers().firstValue("Location").map(location -> {
            try {
                URI target = from.resolve(location);
                if (target.getHost() != null
                        && ("http".equalsIgnoreCase(target.getScheme())
                                || "https".equalsIgnoreCase(target.getScheme()))) {
                    return target;
                }
            } catch (IllegalArgumentException e) {
                // Reported below, like any other invalid address.
            }
            throw new ClapException(from.getHost() + " redirects to something that is no address of the web");
        });
    }

    private static void discard(HttpResponse<?> response) {
        if (response.body() instanceof BodyChunks chunks) {
            chunks.close();
        }
    }

    /** Returns whether an address is the hub's own: the same scheme, host and port. */
    private boolean isHub(URI uri) {
        URI hub = settings.endpoint();
        return hub.getScheme().equalsIgnoreCase(uri.getScheme())
                && hub.getHost().equalsIgnoreCase(uri.getHost())
                && port(hub) == port(uri);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private <T> HttpResponse<T> exchange(Request request, URI uri, BodyHandler<T> body) throws IOException {
        HttpRequest.Builder built = HttpRequest.newBuilder(uri)
                .timeout(settings.answer())
                .header("User-Agent", "clap4j")
                .header("Accept-Encoding", "identity")
                .method(request.method(), HttpRequest.BodyPublishers.noBody());
        request.headers().forEach(built::header);
        if (isHub(uri)) {
            settings.token().ifPresent(token -> built.header("Authorization", token.authorization()));
        }
        try {
            return client.send(built.build(), body);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new HubUnreachable(uri.getHost(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Waits, unless the server wants too much. */
    void pause(Duration pause, Progress progress) {
        if (pause.toSeconds() > LONGEST_PAUSE_SECONDS) {
            throw new ClapException(settings.host() + " wants no more requests for " + (pause.toSeconds() + 59) / 60
                    + " minutes; try again then"
                    + (settings.token().isPresent() ? "" : ", or sooner with a token in HF_TOKEN"));
        }
        if (pause.toSeconds() > 0) {
            progress.note("waiting " + pause.toSeconds() + " s for " + settings.host());
        }
        long end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < end) {
            if (progress.stopRequested()) {
                throw new StoppedException("download", 0, 1);
            }
            try {
                Thread.sleep(Math.max(1, Math.min(WAIT_MILLIS, (end - System.nanoTime()) / 1_000_000)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClapException("The request to " + settings.host() + " was interrupted", e);
            }
        }
    }
}
