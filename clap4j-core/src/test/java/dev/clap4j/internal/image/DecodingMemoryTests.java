package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DecodingMemoryTests {
    private static final long HALF = Runtime.getRuntime().maxMemory() / 2;

    @Test
    void refusesWhatWillNeverFit() {
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> DecodingMemory.with(HALF + (2 << 20), "huge.png", () -> 1))
                .withMessageStartingWith("Cannot decode huge.png: that takes about ")
                .withMessageContaining("(-Xmx)");
    }

    /** Each takes more than a third of what there is, so that no three fit together, however many workers there are. */
    @Test
    void workersWaitForEachOther() throws IOException, InterruptedException, ExecutionException {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(6);
        try {
            CountDownLatch start = new CountDownLatch(1);
            Future<?>[] tasks = new Future<?>[12];
            for (int i = 0; i < tasks.length; i++) {
                tasks[i] = workers.submit(() -> {
                    start.await();
                    return DecodingMemory.with(HALF * 2 / 5, "large.png", () -> {
                        most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                        return atWork.decrementAndGet();
                    });
                });
            }
            start.countDown();
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            workers.shutdown();
        }
        assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(most.get()).isBetween(1, 2);
        assertThat(DecodingMemory.with(HALF - (1 << 20), "last.png", () -> 7)).isEqualTo(7);
    }
}
