package dev.clap4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LifetimeTests {
    private final AtomicInteger freed = new AtomicInteger();
    private final Lifetime life = new Lifetime("The thing", freed::incrementAndGet);

    @Test
    void closingFreesOnce() {
        assertThat(life.use(() -> 7)).isEqualTo(7);
        assertThat(freed).hasValue(0);
        life.close();
        life.close();
        assertThat(freed).hasValue(1);
        assertClosed();
        assertThat(freed).hasValue(1);
    }

    private void assertClosed() {
        assertThatThrownBy(() -> life.use(() -> 7))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The thing is closed");
    }

    @Test
    void theLastCallFrees() {
        life.run(() -> {
            life.run(() -> {
                life.close();
                life.close();
                assertClosed();
                assertThat(freed).hasValue(0);
            });
            assertThat(freed).hasValue(0);
        });
        assertThat(freed).hasValue(1);
        assertClosed();
    }

    @Test
    void aCallThatFailsEndsToo() {
        assertThatThrownBy(() -> life.run(() -> {
                    life.close();
                    throw new IllegalArgumentException("wrong");
                }))
                .hasMessage("wrong");
        assertThat(freed).hasValue(1);
    }

    /** Nothing is freed while a call is at work, and everything is freed once. */
    @Test
    void manyThreadsMayUseAndCloseIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int round = 0; round < 500; round++) {
            AtomicInteger timesFreed = new AtomicInteger();
            Lifetime shared = new Lifetime("It", timesFreed::incrementAndGet);
            CountDownLatch begin = new CountDownLatch(1);
            List<Future<?>> users = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        begin.await();
                        for (int calls = 0; calls < 50; calls++) {
                            if (i == 0 && calls == 25) {
                                shared.close();
                            }
                            try {
                                shared.run(() -> assertThat(timesFreed).hasValue(0));
                            } catch (IllegalStateException e) {
                                assertThat(e).hasMessage("It is closed");
                            }
                        }
                        return null;
                    }))
                    .toList();
            begin.countDown();
            for (Future<?> user : users) {
                user.get(10, TimeUnit.SECONDS);
            }
            assertThat(timesFreed).hasValue(1);
        }
        threads.shutdown();
    }
}
