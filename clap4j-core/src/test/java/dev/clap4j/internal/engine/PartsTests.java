package dev.clap4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTests {
    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0", "1, 5", "3, 2", "2, 1000"})
    void eachPartIsComputedOnce(int threads, int parts) {
        Set<Integer> computed = ConcurrentHashMap.newKeySet();
        Parts.run(threads, parts, part -> assertThat(computed.add(part)).isTrue());
        assertThat(computed).hasSize(parts);
    }

    /** Whoever frees what the parts worked on does so after the last of them, be it the caller's part that fails or not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOthersEndBeforeAFailureIsThrown(boolean callersFails) {
        Thread caller = Thread.currentThread();
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        assertThatThrownBy(() -> Parts.run(2, 100, part -> {
                    arrive(both);
                    if (Thread.currentThread() == caller == callersFails) {
                        throw new OutOfMemoryError("no room");
                    }
                    sleep();
                    ended.incrementAndGet();
                }))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("no room");
        int atThrow = ended.get();
        sleep();
        sleep();
        assertThat(ended).hasValue(atThrow).hasValueBetween(1, 2);
    }

    private static void arrive(CountDownLatch both) {
        both.countDown();
        try {
            assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void exceptionsOfHelpersAreThrownAsTheyAre() {
        CountDownLatch both = new CountDownLatch(2);
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> Parts.run(2, 2, part -> {
                    arrive(both);
                    if (Thread.currentThread() != caller) {
                        throw new IllegalArgumentException("wrong");
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wrong");
    }
}
