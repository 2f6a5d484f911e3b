package dev.clap4j.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepsTests {
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Progress progress = new Progress() {
        private final AtomicInteger inside = new AtomicInteger();

        @Override
        public void begin(String part, long steps, long done) {
            told.add("begin " + part + " " + steps + " " + done);
        }

        @Override
        public void advance(long steps) {
            int others = inside.getAndIncrement();
            Thread.onSpinWait();
            told.add(others == 0 ? "advance " + steps : "two at once");
            inside.decrementAndGet();
        }

        @Override
        public boolean stopRequested() {
            return stop.get();
        }
    };

    @Test
    void endsTheWorkBetweenTwoStepsAndSaysHowFarItIs() {
        Steps steps = Steps.begin(progress, "images", 10, 2);
        steps.advance(3);
        stop.set(true);
        assertThatThrownBy(() -> steps.advance(1)).isInstanceOfSatisfying(StoppedException.class, stopped -> {
            assertThat(stopped.done()).isEqualTo(6);
            assertThat(stopped.steps()).isEqualTo(10);
        });
        assertThat(told).containsExactly("begin images 10 2", "advance 3", "advance 1");
    }

    @Test
    void doesNotBeginWhatShouldStop() {
        stop.set(true);
        assertThatThrownBy(() -> Steps.begin(progress, "images", 10)).isInstanceOf(StoppedException.class);
    }

    @Test
    void workThatIsDoneIsNotStopped() {
        Steps steps = Steps.begin(progress, "images", 10);
        stop.set(true);
        steps.advance(10);
        Steps.begin(progress, "known images", 10, 10);
        assertThatThrownBy(steps::checkStop).isInstanceOf(StoppedException.class);
    }

    @Test
    void tellsOneThreadAtATime() {
        Steps steps = Steps.begin(progress, "images", 4000);
        IntStream.range(0, 4000).parallel().forEach(i -> steps.advance(1));
        assertThat(told).hasSize(4001).doesNotContain("two at once");
        assertThat(steps.stopped().done()).isEqualTo(4000);
    }

    /** A stream hands on exceptions of other threads as they are only if it cannot make new ones of their class. */
    @Test
    void aStopOnAnotherThreadSaysHowFarTheWorkIs() {
        Steps steps = Steps.begin(progress, "images", 100_000);
        assertThatThrownBy(() -> IntStream.range(0, 100_000).parallel().forEach(i -> {
                    if (i == 500) {
                        stop.set(true);
                    }
                    steps.advance(1);
                }))
                .isInstanceOfSatisfying(StoppedException.class, stopped -> assertThat(stopped.steps())
                        .isEqualTo(100_000));
    }

    @Test
    void workInsideAPartCountsAsStepsOfIt() {
        Steps outer = Steps.begin(progress, "heads", 20);
        Steps inner = Steps.begin(outer.inside(), "training", 10, 4);
        inner.advance(5);
        assertThat(told).containsExactly("begin heads 20 0", "advance 4", "advance 5");
        stop.set(true);
        assertThatThrownBy(() -> inner.advance(0)).isInstanceOf(StoppedException.class);
        assertThat(outer.stopped().done()).isEqualTo(9);
    }

    @Test
    void someThreadsShareTheSteps() {
        Steps steps = Steps.begin(progress, "images", 100);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        steps.parallel(IntStream.range(0, 100).boxed().toList(), 3, i -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            done.add(i);
            inside.decrementAndGet();
        });
        assertThat(done).hasSize(100).doesNotHaveDuplicates();
        assertThat(most.get()).isBetween(1, 3);
        assertThat(told).hasSize(101).doesNotContain("two at once");
    }

    @Test
    void oneThreadTakesThemInOrderAndAStopEndsThem() {
        Steps steps = Steps.begin(progress, "images", 10);
        List<Integer> done = new ArrayList<>();
        assertThatThrownBy(() -> steps.parallel(IntStream.range(0, 10).boxed().toList(), 1, i -> {
                    done.add(i);
                    stop.set(i == 4);
                }))
                .isInstanceOfSatisfying(StoppedException.class, stopped -> assertThat(stopped.done())
                        .isEqualTo(5));
        assertThat(done).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aFailureInAnyThreadEndsAllAndIsThrown() {
        Steps steps = Steps.begin(progress, "images", 1000);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        assertThatThrownBy(() -> steps.parallel(IntStream.range(0, 1000).boxed().toList(), 4, i -> {
                    running.incrementAndGet();
                    try {
                        if (begun.incrementAndGet() == 20) {
                            throw new IllegalStateException("broken");
                        }
                        Thread.onSpinWait();
                    } finally {
                        running.decrementAndGet();
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertThat(running).hasValue(0);
        assertThat(begun.get()).isLessThan(1000);
    }

    @Test
    void nothingToDoIsDone() {
        Steps.begin(progress, "images", 0).parallel(List.of(), 4, i -> told.add("a step"));
        assertThat(told).containsExactly("begin images 0 0");
    }
}
