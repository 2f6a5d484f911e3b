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
}
