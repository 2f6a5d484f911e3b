package dev.clap4j.internal.server.encode;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.image.TooLittleMemoryException;
import dev.clap4j.internal.server.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
    private final Backlog textBacklog;
    private final Backlog pictureBacklog;

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
    public Encoders(ClipModel model, DecodeOptions decoding, Limits limits, Observer observer) {
        this.decoding = decoding;
        this.observer = observer;
        this.preprocessing = model.images().preprocessing();
        this.width = model.images().batchSize();
        this.textBacklog = new Backlog(limits.maxWait(), System::nanoTime);
        this.pictureBacklog = new Backlog(limits.maxWait(), System::nanoTime);
        AtomicInteger number = new AtomicInteger();
        this.decoders = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, "clap4j-decoder-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.images = new Batcher<>(
                "images",
                width,
                limits.batchDelay(),
                batch -> model.images().encodeBatch(batch, pixels -> pixels, pixels -> "a picture"),
                (inputs, nanos) -> observer.encoded("image", inputs, nanos));
        this.texts = new Batcher<>(
                "texts",
                TEXTS_PER_BATCH,
                limits.batchDelay(),
                batch -> model.texts().encode(batch),
                (inputs, nanos) -> observer.encoded("text", inputs, nanos));
    }

    /**
     * Returns the features of texts and, after them, those of pictures, not normalised; that of a bad picture fails with a
     * {@code ClapException}. Empty if requests in progress would hold them up for too long.
     *
     * @param files the contents of image files
     * @param most the largest number of pictures to be decoded and waiting for a batch at a time
     */
    public Optional<List<CompletableFuture<float[]>>> encode(
            List<String> inputs, List<byte[]> files, int most, Call call) {
        Optional<Backlog.Share> ofTexts = textBacklog.tryBegin(inputs.size());
        Optional<Backlog.Share> ofPictures = pictureBacklog.tryBegin(files.size());
        if (ofTexts.isEmpty() || ofPictures.isEmpty()) {
            ofTexts.ifPresent(Backlog.Share::giveUp);
            ofPictures.ifPresent(Backlog.Share::giveUp);
            return Optional.empty();
        }
        long text = texts.nextTurn();
        List<CompletableFuture<float[]>> rows = new ArrayList<>(
                Lane.start(inputs.size(), TEXTS_PER_BATCH, i -> texts.submit(inputs.get(i), text + i, call)));
        long picture = images.nextTurn();
        rows.addAll(Lane.start(files.size(), Math.min(most, width), i -> picture(files.get(i), picture + i, call)));
        for (int i = 0; i < rows.size(); i++) {
            Backlog.Share share = (i < inputs.size() ? ofTexts : ofPictures).get();
            var unused = rows.get(i).whenComplete((row, error) -> share.finishOne(error == null));
        }
        return Optional.of(rows);
    }

    private CompletableFuture<float[]> picture(byte[] file, long turn, Call call) {
        return CompletableFuture.supplyAsync(() -> pixels(file, call), decoders)
                .thenCompose(pixels -> images.submit(pixels, turn, call));
    }

    private byte[] pixels(byte[] file, Call call) {
        if (call.isOver()) {
            throw new CancellationException();
        }
        long start = System.nanoTime();
        try {
            return ImageDecoder.decode(file, PICTURE, decoding, preprocessing::pixels);
        } catch (TooLittleMemoryException e) {
            // Strangers need not know how much there is, nor how to give it more.
            throw new ClapException("Cannot decode the picture: it takes too much memory; make it smaller", e);
        } finally {
            observer.decoded(System.nanoTime() - start);
        }
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
