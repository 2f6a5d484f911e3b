package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clap4j.ClapException;
import dev.clap4j.SamplePictures;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageBatchesTests {
    private static final Preprocessing SMALL = Preprocessing.openAi(2);
    private static final ImageLoading PIXELS =
            ImageLoading.defaults().withType(DataType.U8).withBatchSize(4).withThreads(3);

    private static List<Path> paths(int n) {
        return IntStream.range(0, n).mapToObj(i -> Path.of(String.valueOf(i))).toList();
    }

    /** An image whose every sample is its number. */
    private static byte[] number(Path image) {
        byte[] pixels = new byte[12];
        Arrays.fill(pixels, (byte) Integer.parseInt(image.toString()));
        return pixels;
    }

    private static List<Integer> drain(ImageBatches<Path> batches) {
        List<Integer> numbers = new ArrayList<>();
        while (batches.hasNext()) {
            ImageBatch<Path> batch = batches.next();
            ByteBuffer bytes = batch.pixels().bytes();
            for (int i = 0; i < batch.images().size(); i++) {
                int value = bytes.get(i * 12 + 11);
                assertThat(batch.images().get(i)).isEqualTo(Path.of(String.valueOf(value)));
                numbers.add(value);
            }
        }
        return numbers;
    }

    /** Whichever image is done first, the order is that of the files. */
    @Test
    void keepsTheOrder() {
        CountDownLatch laterOnes = new CountDownLatch(2);
        ImageBatches.Loader<Path> slowFirst = image -> {
            if (image.toString().equals("0")) {
                await(laterOnes);
            } else {
                laterOnes.countDown();
            }
            return number(image);
        };
        try (ImageBatches<Path> batches = ImageBatches.open(paths(11).iterator(), SMALL, PIXELS, slowFirst)) {
            assertThat(drain(batches)).isEqualTo(IntStream.range(0, 11).boxed().toList());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The workers run ahead no further than they may, and buffers are used again. */
    @Test
    void boundsTheMemory() {
        AtomicInteger loaded = new AtomicInteger();
        List<TensorData> kept = new ArrayList<>();
        ImageBatches.Loader<Path> counting = image -> {
            loaded.incrementAndGet();
            return number(image);
        };
        try (ImageBatches<Path> batches = ImageBatches.open(paths(100).iterator(), SMALL, PIXELS, counting)) {
            for (int taken = 1; batches.hasNext(); taken++) {
                ImageBatch<Path> batch = batches.next();
                assertThat(loaded.get()).isLessThanOrEqualTo((taken + PIXELS.ahead()) * 4);
                kept.add(batch.pixels());
            }
        }
        assertThat(loaded).hasValue(100);
        // All 25 batches lie in three buffers: two ahead and one with the caller.
        assertThat(kept.stream().map(tensor -> tensor.bytes().get(0)).distinct())
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void stopsAtTheFirstBadImage() {
        try (ImageBatches<Path> batches =
                ImageBatches.open(paths(20).iterator(), SMALL, PIXELS, ImageBatchesTests::failing)) {
            assertThat(batches.next().images()).hasSize(4);
            assertThatExceptionOfType(ClapException.class)
                    .isThrownBy(batches::hasNext)
                    .withMessage("bad 5");
        }
    }

    private static byte[] failing(Path image) {
        if (Integer.parseInt(image.toString()) % 5 == 0 && !image.toString().equals("0")) {
            throw new ClapException("bad " + image);
        }
        return number(image);
    }

    @Test
    void skipsBadImagesIfAsked() {
        try (ImageBatches<Path> batches = ImageBatches.open(
                paths(16).iterator(), SMALL, PIXELS.withSkipUnreadable(true), ImageBatchesTests::failing)) {
            assertThat(drain(batches)).containsExactly(0, 1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14);
            assertThat(batches.skipped())
                    .extracting(skipped -> skipped.image().toString())
                    .containsExactly("5", "10", "15");
        }
    }

    @Test
    void passesOverABatchOfWhichNothingIsLeft() {
        ImageBatches.Loader<Path> loader = image -> {
            if (Integer.parseInt(image.toString()) / 4 == 1) {
                throw new ClapException("bad " + image);
            }
            return number(image);
        };
        try (ImageBatches<Path> batches =
                ImageBatches.open(paths(9).iterator(), SMALL, PIXELS.withSkipUnreadable(true), loader)) {
            assertThat(drain(batches)).containsExactly(0, 1, 2, 3, 8);
        }
    }

    /** Batches that are ready do not hide an interrupt, which a consumer slower than the workers would never notice. */
    @Test
    void anInterruptEndsItThoughBatchesAreReady() {
        Semaphore loaded = new Semaphore(0);
        ImageBatches.Loader<Path> counting = image -> {
            loaded.release();
            return number(image);
        };
        try (ImageBatches<Path> batches = ImageBatches.open(paths(100).iterator(), SMALL, PIXELS, counting)) {
            assertThat(batches.next().images()).hasSize(4);
            loaded.acquireUninterruptibly((1 + PIXELS.ahead()) * 4);
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(ClapException.class)
                    .isThrownBy(batches::hasNext)
                    .withMessage("Interrupted while images were prepared");
            // The caller's callers see it, too.
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void endsItsThreads() {
        Semaphore started = new Semaphore(0);
        Set<Thread> threads = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        ImageBatches.Loader<Path> blocking = image -> {
            threads.add(Thread.currentThread());
            started.release();
            await(new CountDownLatch(1));
            return number(image);
        };
        try (ImageBatches<Path> batches = ImageBatches.open(paths(9).iterator(), SMALL, PIXELS, blocking)) {
            assertThat(batches.skipped()).isEmpty();
            started.acquireUninterruptibly(3);
        }
        assertThat(threads).hasSize(3).allSatisfy(thread -> {
            thread.join();
            assertThat(thread.isAlive()).isFalse();
        });
    }

    @Test
    void normalises() {
        Path image = SamplePictures.folder("sketch/dog/pic_000.png");
        Preprocessing preprocessing = Preprocessing.openAi(64);
        try (ImageBatches<Path> batches =
                ImageBatches.open(List.of(image, image), preprocessing, ImageLoading.defaults())) {
            ImageBatch<Path> batch = batches.next();
            assertThat(batch.pixels().shape()).containsExactly(2, 3, 64, 64);
            float[] values = batch.pixels().toFloats();
            byte[] pixels = preprocessing.pixels(image, DecodeOptions.defaults());
            float[] mean = preprocessing.mean();
            float[] std = preprocessing.std();
            for (int i = 0; i < values.length; i++) {
                int c = i / (64 * 64) % 3;
                assertThat(values[i]).isEqualTo(((pixels[i % pixels.length] & 0xFF) / 255f - mean[c]) / std[c]);
            }
            assertThat(batches.hasNext()).isFalse();
        }
    }

    /** Whoever waits for a batch that never comes would wait for ever. */
    @Test
    void whoeverWaitsIsToldThatTheStreamIsClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ImageBatches<Path> batches = ImageBatches.open(paths(20).iterator(), SMALL, PIXELS.withThreads(1), image -> {
            begun.countDown();
            await(release);
            return number(image);
        });
        begun.await();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(batches::hasNext);
        Thread closing = new Thread(batches::close);
        closing.start();
        Thread.sleep(50);
        release.countDown();
        closing.join();
        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessageContaining("The images are closed");
        batches.close();
    }
}
