package dev.clap4j.internal.spark;

import dev.clap4j.ClapException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Row;

/**
 * The pictures of a partition, encoded batch by batch while those after them are decoded. Rows stay in order. Memory is
 * bounded, however large the partition: only some pictures are ahead. Not thread-safe. Must be closed.
 */
final class PictureRows implements Iterator<Row>, AutoCloseable {
    /** Pictures that may be decoded before their batch is encoded. */
    private static final int BATCHES_AHEAD = 3;

    /** Bytes of files after which no more are taken ahead. */
    private static final long MOST_BYTES_AHEAD = 64L << 20;

    /** Rows after which a batch is encoded even if most of its pictures were unreadable. */
    private static final int MOST_ROWS = 256;

    private record Picture(Object[] kept, int bytes, Future<Encoders.Pixels> pixels) {}

    private final Iterator<Row> rows;
    private final Task.Output output;
    private final Encoders encoders;
    private final ResultRows results;
    private final ExecutorService decoders;
    private final Deque<Picture> ahead = new ArrayDeque<>();
    private final Deque<Row> ready = new ArrayDeque<>();
    private long bytesAhead;

    /**
     * Begins with a partition.
     *
     * @param rows read on the caller's thread, and only as far as needed
     * @param threads the number of pictures decoded at once
     */
    PictureRows(Iterator<Row> rows, Task task, Encoders encoders, int threads) {
        this.rows = rows;
        this.output = task.output();
        this.encoders = encoders;
        this.results = new ResultRows(task);
        this.decoders = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "clap4j-pictures");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && decodeAhead()) {
            encodeBatch();
        }
        return !ready.isEmpty();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    /** Begins to decode some more pictures; returns whether any are left. */
    private boolean decodeAhead() {
        while (ahead.size() < BATCHES_AHEAD * encoders.batchSize() && bytesAhead < MOST_BYTES_AHEAD && rows.hasNext()) {
            Row row = rows.next();
            byte[] file = row.getAs(output.input());
            String name = output.name() < 0 || row.isNullAt(output.name()) ? "the image" : row.getString(output.name());
            int bytes = file == null ? 0 : file.length;
            bytesAhead += bytes;
            ahead.add(new Picture(results.kept(row), bytes, decoders.submit(() -> decode(name, file))));
        }
        return !ahead.isEmpty();
    }

    private Encoders.Pixels decode(String name, byte[] file) {
        if (file == null) {
            throw new ClapException("Cannot decode " + name + ": there are no bytes");
        }
        return encoders.prepare(name, file);
    }

    private void encodeBatch() {
        List<Object[]> kept = new ArrayList<>();
        List<Encoders.Pixels> pixels = new ArrayList<>();
        List<Row> failed = new ArrayList<>();
        List<Boolean> succeeded = new ArrayList<>();
        while (pixels.size() < encoders.batchSize() && succeeded.size() < MOST_ROWS && decodeAhead()) {
            Picture picture = ahead.remove();
            bytesAhead -= picture.bytes();
            try {
                pixels.add(picture.pixels().get());
                kept.add(picture.kept());
                succeeded.add(true);
            } catch (ExecutionException e) {
                failed.add(results.failed(picture.kept(), reason(e)));
                succeeded.add(false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClapException("Interrupted while pictures were decoded", e);
            }
        }
        decodeAhead();
        Iterator<Row> encoded = pixels.isEmpty()
                ? List.<Row>of().iterator()
                : results.rows(kept, encoders.images(pixels)).iterator();
        Iterator<Row> others = failed.iterator();
        succeeded.forEach(success -> ready.add(success ? encoded.next() : others.next()));
    }

    /** Returns why a picture cannot be decoded; anything else is a fault of the program, and ends the task. */
    private static String reason(ExecutionException failure) {
        if (failure.getCause() instanceof ClapException unreadable) {
            return unreadable.getMessage();
        }
        throw new IllegalStateException("Decoding a picture failed", failure.getCause());
    }

    /** Stops decoding. */
    @Override
    public void close() {
        decoders.shutdownNow();
    }
}
