package dev.clap4j.internal.server.encode;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.image.Preprocessing;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The encoders of a model for many requests at a time: pictures are decoded by some threads, then encoded in batches with
 * those of other requests; texts likewise. Features are those of the model without a head. Thread-safe.
 */
public final class Encoders implements AutoCloseable {
    /** The name of a picture in messages. */
    public static final String PICTURE = "the picture";

    private static final int TEXTS_PER_BATCH = 64;

    private final DecodeOptions decoding;
    private final Observer observer;
    private final Preprocessing preprocessing;
    private final int width;
    private final ExecutorService decoders;
    private final Batcher<byte[]> images;
    private final Batcher<String> texts;

    /** Receives what happens, for metrics. */
    public interface Observer {
        /**
         * Receives a finished batch.
         *
         * @param kind {@code image} or {@code text}
         */
        void encoded(String kind, int inputs, long nanos);

        /** Receives a decoded picture. */
        void decoded(long nanos);
    }

    /**
     * Starts the threads.
     *
     * @param model open as long as the encoders are
     */
    public Encoders(ClipModel model, DecodeOptions decoding, Duration batchDelay, Observer observer) {
        this.decoding = decoding;
        this.observer = observer;
        this.preprocessing = model.images().preprocessing();
        this.width = model.images().batchSize();
        AtomicInteger number = new AtomicInteger();
        this.decoders = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, "clap4j-decoder-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.images = new Batcher<>(
                "images",
                width,
                batchDelay,
                batch -> model.images().encodeBatch(batch, pixels -> pixels, pixels -> "a picture"),
                (inputs, nanos) -> observer.encoded("image", inputs, nanos));
        this.texts = new Batcher<>(
                "texts",
                TEXTS_PER_BATCH,
                batchDelay,
                batch -> model.texts().encode(batch),
                (inputs, nanos) -> observer.encoded("text", inputs, nanos));
    }

    /**
     * Returns the features of pictures, not normalised; that of a bad one fails with a {@code ClapException}.
     *
     * @param files the contents of image files
     * @param most the largest number of them to be decoded and waiting for a batch at a time
     */
    public List<CompletableFuture<float[]>> pictures(List<byte[]> files, int most, Call call) {
        return Lane.start(files, Math.min(most, width), file -> picture(file, call));
    }

    private CompletableFuture<float[]> picture(byte[] file, Call call) {
        return CompletableFuture.supplyAsync(() -> pixels(file, call), decoders)
                .thenCompose(pixels -> images.submit(pixels, call));
    }

    private byte[] pixels(byte[] file, Call call) {
        if (call.isOver()) {
            throw new CancellationException();
        }
        long start = System.nanoTime();
        try {
            return ImageDecoder.decode(file, PICTURE, decoding, preprocessing::pixels);
        } finally {
            observer.decoded(System.nanoTime() - start);
        }
    }

    /** Returns the features of texts, not normalised. */
    public List<CompletableFuture<float[]>> texts(List<String> inputs, Call call) {
        return Lane.start(inputs, TEXTS_PER_BATCH, text -> texts.submit(text, call));
    }

    /** Encodes a text and a picture before all that wait, to see whether the model works. */
    public CompletableFuture<Void> probe(String text, byte[] file, Call call) {
        return CompletableFuture.allOf(texts.submitFirst(text, call), images.submitFirst(pixels(file, call), call));
    }

    /** Returns features as a matrix. */
    public static FeatureMatrix matrix(List<float[]> rows) {
        return FeatureMatrix.ofRows(Collections.nCopies(rows.size(), "an input"), rows.get(0).length, rows);
    }

    /** Returns the number of inputs that are decoded or tokenised, and wait for a batch. */
    public int waiting() {
        return images.waiting() + texts.waiting();
    }

    /** Cancels what waits, and stops the threads. */
    @Override
    public void close() {
        decoders.shutdownNow();
        images.close();
        texts.close();
    }
}
