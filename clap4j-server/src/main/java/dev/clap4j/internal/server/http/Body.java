package dev.clap4j.internal.server.http;

import dev.clap4j.internal.server.Limits;
import dev.clap4j.internal.server.encode.Admission;
import dev.clap4j.internal.server.encode.Call;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;

/** The body of a request, read within limits of size, time and the memory of all bodies. */
final class Body implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final int LITTLE = 1 << 13;

    /** A body that is refused is read nevertheless up to this size, so that its sender gets to see the answer. */
    private static final int POLITE = 64 << 20;

    /** The longest pause between bytes of a body, and the time after which it must average 8 KiB a second. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(5);

    /** The longest pause between bytes of a body that is refused; the connection is closed after it. */
    private static final long REFUSED = TimeUnit.SECONDS.toNanos(1);

    private static final long NANOS_OF_A_BYTE = TimeUnit.SECONDS.toNanos(1) / 8192;

    private final Limits limits;
    private final Admission memory;
    private long taken;
    private byte[] bytes = new byte[0];

    Body(Limits limits, Admission memory) {
        this.limits = limits;
        this.memory = memory;
    }

    byte[] bytes() {
        return bytes;
    }

    /**
     * Reads it.
     *
     * @throws ApiException if it is too long, there is no memory for it, or it comes too slowly
     * @throws ClientGoneException if the client goes away
     */
    void read(HttpServletRequest request, Exchange exchange) {
        long length = request.getContentLengthLong();
        if (length > limits.bodyBytes()) {
            discard(request, exchange);
            throw tooLarge();
        }
        if (length > 0 && !reserve(length)) {
            discard(request, exchange);
            throw ApiException.busy();
        }
        try {
            bytes = length == 0
                    ? new byte[0]
                    : within(GRACE, exchange, () -> readAll(request.getInputStream(), length, exchange.call()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Counts a picture from elsewhere as if it were part of the body.
     *
     * @throws ApiException if it is too much, or there is no memory for it
     */
    void addFetched(long count) {
        if (taken / Limits.BYTES_PER_BODY_BYTE + count > limits.bodyBytes()) {
            throw ApiException.tooLarge(
                    null, "The body and the pictures it links to may have " + limits.bodyBytes() + " bytes at most");
        }
        if (!reserve(count)) {
            throw ApiException.busy();
        }
    }

    /** Reads what a client sends who gets an error, so that it reads the answer; what does not come soon is left. */
    static void discard(HttpServletRequest request, Exchange exchange) {
        try {
            within(REFUSED, exchange, () -> {
                discard(request.getInputStream(), request.getContentLengthLong());
                return null;
            });
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void discard(InputStream in, long length) throws IOException {
        long start = System.nanoTime();
        byte[] chunk = new byte[LITTLE];
        long left = length < 0 ? POLITE : length;
        while (left > 0 && length <= POLITE && System.nanoTime() - start < GRACE) {
            int count = in.read(chunk, 0, (int) Math.min(left, LITTLE));
            if (count < 0) {
                return;
            }
            left -= count;
        }
    }

    /** Reads with a limit to the time for which nothing comes. */
    private static <T> T within(long nanos, Exchange exchange, Reading<T> reading) throws IOException {
        WatchedConnector.Connection connection = exchange.connection();
        long usual = connection.getIdleTimeout();
        connection.setIdleTimeout(Math.min(usual, TimeUnit.NANOSECONDS.toMillis(nanos)));
        try {
            return reading.read();
        } finally {
            connection.setIdleTimeout(usual);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private byte[] readAll(InputStream in, long length, Call call) throws IOException {
        long start = System.nanoTime();
        ByteArrayOutputStream known = length > 0 ? null : new ByteArrayOutputStream();
        byte[] whole = length > 0 ? new byte[(int) length] : new byte[CHUNK];
        int at = 0;
        while (true) {
            int count = length > 0 ? in.read(whole, at, Math.min(CHUNK, whole.length - at)) : in.read(whole);
            if (count < 0) {
                break;
            }
            at += count;
            if (call.isOver() || System.nanoTime() - start - GRACE > at * NANOS_OF_A_BYTE) {
                throw ApiException.slow();
            }
            if (length > 0 && at == whole.length) {
                return whole;
            }
            if (known != null) {
                if (at > limits.bodyBytes()) {
                    discard(in, -1);
                    throw tooLarge();
                }
                if (!reserve(count)) {
                    discard(in, -1);
                    throw ApiException.busy();
                }
                known.write(whole, 0, count);
            }
        }
        if (known == null) {
            throw new EOFException();
        }
        return known.toByteArray();
    }

    private boolean reserve(long count) {
        long part = Limits.BYTES_PER_BODY_BYTE * count;
        if (!memory.tryTake(part)) {
            return false;
        }
        taken += part;
        return true;
    }

    private ApiException tooLarge() {
        return ApiException.tooLarge(null, "The body may have " + limits.bodyBytes() + " bytes at most");
    }

    private static RuntimeException failed(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return ApiException.slow();
            }
            if (cause instanceof HttpException) {
                return ApiException.bad(null, "The body is damaged: it should be in chunks");
            }
        }
        return new ClientGoneException();
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        memory.giveBack(taken);
        taken = 0;
    }
}
