package dev.clap4j.internal.hub;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a response, piece by piece as it arrives, in bounded memory: the next piece is asked for when the last
 * one has been taken.
 */
final class BodyChunks implements HttpResponse.BodySubscriber<BodyChunks>, AutoCloseable {
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private Flow.Subscription subscription;
    private boolean closed;

    /**
     * An event in the life of a body.
     *
     * @param piece more of it; null at its end
     * @param failure the reason of its end; null if it is complete
     */
    private record Event(List<ByteBuffer> piece, Throwable failure) {}

    @Override
    public CompletionStage<BodyChunks> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription started) {
        subscription = started;
        if (closed) {
            started.cancel();
        } else {
            started.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        events.add(new Event(piece, null));
    }

    @Override
    public void onError(Throwable failure) {
        events.add(new Event(null, failure));
    }

    @Override
    public void onComplete() {
        events.add(new Event(null, null));
    }

    /**
     * Returns the next piece.
     *
     * @return empty at the end of the body
     * @throws IOException if the connection breaks, or nothing arrives within the limit
     */
    Optional<List<ByteBuffer>> next(Duration limit) throws IOException {
        Event event;
        try {
            event = events.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (event == null) {
            throw new HttpTimeoutException("nothing arrived for " + limit.toMillis() / 1000.0 + " seconds");
        }
        if (event.failure() != null) {
            throw event.failure() instanceof IOException io ? io : new IOException(event.failure());
        }
        if (event.piece() == null) {
            return Optional.empty();
        }
        more();
        return Optional.of(event.piece());
    }

    private synchronized void more() {
        subscription.request(1);
    }

    /** Gives up the rest of the body. */
    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
