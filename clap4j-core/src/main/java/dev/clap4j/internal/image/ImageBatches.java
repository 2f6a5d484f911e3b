package dev.clap4j.internal.image;

import dev.clap4j.ClapException;
import dev.clap4j.UnreadableImage;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An iterator over batches of prepared images, in order: worker threads decode and resize some batches ahead while the
 * caller encodes.
 *
 * <p>Memory is bounded: there is one buffer for each batch that may be ahead and one for the caller, and they are
 * reused. For a single consumer thread. Closing it stops the workers.
 *
 * @param <T> an image that is not decoded yet, for instance a file
 */
public final class ImageBatches<T> implements Iterator<ImageBatch<T>>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImageBatches.class);
    private static final AtomicInteger WORKERS = new AtomicInteger();

    /** Idle workers end after this time, so that iterators that are never closed keep no threads. */
    private static final int IDLE_SECONDS = 5;

    /** Decodes and prepares one image. */
    @FunctionalInterface
    public interface Loader<T> {
        /**
         * Returns the pixels of an image, {@code [3, size, size]}; called by several threads.
         *
         * @throws ClapException if it cannot be decoded
         */
        byte[] load(T image);
    }

    /**
     * An image that was skipped because it cannot be decoded.
     *
     * @param reason the reason, naming the image
     */
    public record Skipped<T>(T image, ClapException reason) {
        /** Returns the skipped files, in order. */
        public static List<UnreadableImage> files(List<Skipped<Path>> skipped) {
            return skipped.stream()
                    .map(image ->
                            new UnreadableImage(image.image(), image.reason().getMessage()))
                    .toList();
        }
    }

    private record Pending<T>(List<T> images, ByteBuffer buffer, List<Future<?>> tasks) {}

    private final Iterator<T> images;
    private final Preprocessing preprocessing;
    private final ImageLoading loading;
    private final Loader<T> loader;
    private final ExecutorService workers;
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private final Deque<Pending<T>> pending = new ArrayDeque<>();
    private final List<Skipped<T>> skipped = new ArrayList<>();
    private ByteBuffer lent;
    private ImageBatch<T> ready;
    /** The reason why no more images can be read, due once those before are handed on. */
    private ClapException failure;

    private ImageBatches(Iterator<T> images, Preprocessing preprocessing, ImageLoading loading, Loader<T> loader) {
        this.images = images;
        this.preprocessing = preprocessing;
        this.loading = loading;
        this.loader = loader;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                loading.threads(),
                loading.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "clap4j-images-" + WORKERS.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.workers = pool;
        schedule();
    }

    /**
     * Starts to prepare image files.
     *
     * @param images the files, in the order of the batches
     */
    public static ImageBatches<Path> open(List<Path> images, Preprocessing preprocessing, ImageLoading loading) {
        return open(
                List.copyOf(images).iterator(),
                preprocessing,
                loading,
                image -> preprocessing.pixels(image, loading.decoding()));
    }

    /**
     * Starts to prepare images.
     *
     * @param images the images in order, consumed on the caller's thread and only as far as needed for the batches
     *     ahead
     */
    public static <T> ImageBatches<T> open(
            Iterator<T> images, Preprocessing preprocessing, ImageLoading loading, Loader<T> loader) {
        return new ImageBatches<>(images, preprocessing, loading, loader);
    }

    /** Keeps the allowed number of batches in progress. */
    private void schedule() {
        while (pending.size() < loading.ahead() && failure == null) {
            List<T> batch = nextImages();
            if (batch.isEmpty()) {
                return;
            }
            ByteBuffer buffer = free.isEmpty() ? TensorData.allocate(loading.batchSize() * imageBytes()) : free.pop();
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                T image = batch.get(i);
                ByteBuffer slot = slot(buffer, i, 1);
                tasks.add(submit(() -> prepare(image, slot)));
            }
            pending.add(new Pending<>(batch, buffer, tasks));
        }
    }

    private List<T> nextImages() {
        List<T> batch = new ArrayList<>(loading.batchSize());
        try {
            while (batch.size() < loading.batchSize() && images.hasNext()) {
                batch.add(images.next());
            }
        } catch (ClapException e) {
            failure = e;
        }
        return batch;
    }

    private Future<?> submit(Runnable task) {
        try {
            return workers.submit(task);
        } catch (RejectedExecutionException e) {
            throw closed(e);
        }
    }

    private static IllegalStateException closed(Exception cause) {
        return new IllegalStateException("The images are closed", cause);
    }

    private long imageBytes() {
        return 3L * preprocessing.size() * preprocessing.size() * loading.type().bytes();
    }

    private ByteBuffer slot(ByteBuffer buffer, int first, int count) {
        int bytes = Math.toIntExact(imageBytes());
        return buffer.slice(first * bytes, count * bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void prepare(T image, ByteBuffer slot) {
        byte[] pixels = loader.load(image);
        if (loading.type() == DataType.F32) {
            preprocessing.normalise(pixels, slot.asFloatBuffer());
        } else {
            slot.put(pixels);
        }
    }

    /**
     * Returns whether there is another batch, waiting for it if necessary.
     *
     * @throws ClapException if an image cannot be decoded and such images are not to be skipped, the given iterator
     *     failed, or the thread is interrupted, whether it had to wait or not
     * @throws IllegalStateException if the iterator is closed before the batch is ready
     */
    @Override
    public boolean hasNext() {
        while (ready == null && !pending.isEmpty()) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(null);
            }
            if (lent != null) {
                free.push(lent);
                lent = null;
            }
            ready = finish(pending.peek());
            lent = pending.remove().buffer;
            schedule();
        }
        if (ready == null && failure != null) {
            throw failure;
        }
        return ready != null;
    }

    /** Returns the next batch, see {@link #hasNext()}; overwrites the pixels of the previous one. */
    @Override
    public ImageBatch<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ImageBatch<T> batch = ready;
        ready = null;
        return batch;
    }

    /** Returns the batch without skipped images; null if none is left. */
    private ImageBatch<T> finish(Pending<T> batch) {
        List<T> kept = new ArrayList<>();
        for (int i = 0; i < batch.images.size(); i++) {
            if (!succeeded(batch.tasks.get(i), batch.images.get(i))) {
                continue;
            }
            if (kept.size() < i) {
                slot(batch.buffer, kept.size(), 1).put(slot(batch.buffer, i, 1));
            }
            kept.add(batch.images.get(i));
        }
        if (kept.isEmpty()) {
            return null;
        }
        long[] shape = {kept.size(), 3, preprocessing.size(), preprocessing.size()};
        return new ImageBatch<>(
                kept, new TensorData("pixels", loading.type(), shape, slot(batch.buffer, 0, kept.size())));
    }

    private boolean succeeded(Future<?> task, T image) {
        try {
            task.get();
            return true;
        } catch (ExecutionException e) {
            if (workers.isShutdown()) {
                throw closed(e);
            }
            if (e.getCause() instanceof ClapException bad) {
                if (!loading.skipUnreadable()) {
                    throw bad;
                }
                LOG.warn("Skipped: {}", bad.getMessage());
                skipped.add(new Skipped<>(image, bad));
                return false;
            }
            throw new IllegalStateException("Preparing " + image + " failed", e.getCause());
        } catch (CancellationException e) {
            throw closed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    private static ClapException interrupted(InterruptedException cause) {
        return new ClapException("Interrupted while images were prepared", cause);
    }

    /** Returns the images skipped so far, in order. */
    public List<Skipped<T>> skipped() {
        return Collections.unmodifiableList(skipped);
    }

    /** Stops the workers and waits for those that are decoding. A thread waiting for a batch gets an exception. */
    @Override
    public void close() {
        workers.shutdownNow().forEach(task -> ((Future<?>) task).cancel(false));
        try {
            if (!workers.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("Image workers are still busy a minute after they were told to stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
