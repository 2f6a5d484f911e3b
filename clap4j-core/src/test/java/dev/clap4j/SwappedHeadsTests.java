package dev.clap4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 16 threads classify while heads are replaced and models are closed. */
class SwappedHeadsTests {
    private static final int THREADS = 16;
    private static final int SWAPS = 60;

    @TempDir
    private Path folder;

    /** The published state: a model, its classifier and the probability that it should give. */
    private record Served(Clip clip, Classifier classifier, float right) {
        static Served of(Clip clip, Image image) {
            Classifier classifier = clip.classifier("dog", "cat");
            return new Served(clip, classifier, classifier.classify(image).probability("dog"));
        }
    }

    @Test
    void everyCallIsAnsweredRightOrSaysThatTheModelIsClosed() throws Exception {
        Image image = Image.of(TinyClip.image(1));
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        Clip base = Clip.load(TinyClip.write(folder));
        AtomicReference<Served> served = new AtomicReference<>(Served.of(base.with(TinyClip.head(0)), image));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                callers.add(threads.submit(() -> call(served, image, answered, closed)));
            }
            for (int i = 1; i <= SWAPS; i++) {
                if (i % 2 == 0) {
                    // Closed while it is still published.
                    served.get().clip().close();
                }
                Served old = served.getAndSet(Served.of(base.with(TinyClip.head(i)), image));
                old.clip().close();
            }
            base.close();
            served.get().clip().close();
            served.set(null);
            for (Future<?> caller : callers) {
                rethrow(caller);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(answered).hasValueGreaterThan(SWAPS);
        assertThat(closed).hasPositiveValue();
    }

    private static void call(
            AtomicReference<Served> served, Image image, AtomicInteger answered, AtomicInteger closed) {
        for (Served now = served.get(); now != null; now = served.get()) {
            try {
                float probability = now.classifier().classify(image).probability("dog");
                assertThat(probability).isCloseTo(now.right(), within(1e-5f));
                answered.incrementAndGet();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageEndingWith("is closed");
                closed.incrementAndGet();
            }
        }
    }

    private static void rethrow(Future<?> caller) throws InterruptedException, IOException {
        try {
            caller.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
