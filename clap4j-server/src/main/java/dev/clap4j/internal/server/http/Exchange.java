package dev.clap4j.internal.server.http;

import dev.clap4j.ClapException;
import dev.clap4j.internal.server.encode.Call;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** A request being answered. For one thread. */
public final class Exchange {
    /** The time after which it is seen that a client went away. */
    private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(50);

    private final HttpServletRequest request;
    private final String id;
    private final Call call;
    private byte[] body = new byte[0];
    private int inputs;

    Exchange(HttpServletRequest request, String id, Call call) {
        this.request = request;
        this.id = id;
        this.call = call;
    }

    /** Returns the name under which the log knows this request. */
    String id() {
        return id;
    }

    /** Returns the content of the body. */
    public byte[] body() {
        return body;
    }

    void received(byte[] content) {
        body = content;
    }

    /** Returns a header; empty if there is none. */
    public String header(String name) {
        return Optional.ofNullable(request.getHeader(name)).orElse("");
    }

    /** Returns how long the request may take. */
    public Call call() {
        return call;
    }

    /** Counts texts and pictures, for the log. */
    public void count(int more) {
        inputs += more;
    }

    int inputs() {
        return inputs;
    }

    WatchedConnector.Connection connection() {
        return (WatchedConnector.Connection) ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }

    /** Features of an input, or the reason why there are none. */
    public record Outcome(float[] row, ClapException error) {}

    /**
     * Waits for features.
     *
     * @throws ApiException if the time is over
     * @throws ClientGoneException if the client goes away
     */
    public List<Outcome> await(List<CompletableFuture<float[]>> rows) {
        List<Outcome> outcomes = new ArrayList<>(rows.size());
        for (CompletableFuture<float[]> row : rows) {
            outcomes.add(await(row));
        }
        return outcomes;
    }

    private Outcome await(CompletableFuture<float[]> row) {
        while (true) {
            try {
                long left = call.nanosLeft();
                if (left <= 0) {
                    throw ApiException.overdue();
                }
                return new Outcome(row.get(Math.min(left, GLANCE), TimeUnit.NANOSECONDS), null);
            } catch (TimeoutException e) {
                if (connection().isGone()) {
                    throw new ClientGoneException();
                }
            } catch (ExecutionException e) {
                return failed(e.getCause());
            } catch (CancellationException e) {
                return failed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ApiException.closing();
            }
        }
    }

    private Outcome failed(Throwable cause) {
        if (cause instanceof ClapException bad) {
            return new Outcome(null, bad);
        }
        if (cause instanceof CancellationException) {
            throw call.nanosLeft() <= 0 ? ApiException.overdue() : ApiException.closing();
        }
        if (cause instanceof OutOfMemoryError) {
            throw ApiException.full();
        }
        throw new IllegalStateException("Encoding failed", cause);
    }
}
