package dev.clap4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProgressTests {
    private final List<String> told = new ArrayList<>();
    private final AtomicBoolean own = new AtomicBoolean();
    private final Progress recording = new Progress() {
        @Override
        public void begin(String part, long steps, long done) {
            told.add("begin " + part + " " + steps + " " + done);
        }

        @Override
        public void advance(long steps) {
            told.add("advance " + steps);
        }

        @Override
        public void note(String text) {
            told.add("note " + text);
        }

        @Override
        public void milestone(String text) {
            told.add("milestone " + text);
        }

        @Override
        public void timeLeft(Duration time) {
            told.add("left " + time);
        }

        @Override
        public boolean stopRequested() {
            return own.get();
        }
    };

    private static void use(Progress progress) {
        progress.begin("training", 10, 2);
        progress.advance(3);
        progress.note("loss 1");
        progress.milestone("step 5");
        progress.timeLeft(Duration.ofSeconds(4));
    }

    @Test
    void stopsForEitherReasonAndPassesAllElseOn() {
        AtomicBoolean other = new AtomicBoolean();
        Progress progress = recording.stopWhen(other::get);
        use(progress);
        assertThat(told)
                .containsExactly("begin training 10 2", "advance 3", "note loss 1", "milestone step 5", "left PT4S");
        assertThat(progress.stopRequested()).isFalse();
        other.set(true);
        assertThat(progress.stopRequested()).isTrue();
        other.set(false);
        own.set(true);
        assertThat(progress.stopRequested()).isTrue();
    }

    @Test
    void namesThePartsOfNestedWork() {
        Progress progress = recording.withPart("training, seed 1");
        use(progress);
        assertThat(told)
                .contains("begin training, seed 1 10 2", "advance 3", "left PT4S")
                .hasSize(5);
        own.set(true);
        assertThat(progress.stopRequested()).isTrue();
    }

    @Test
    void noneNeverStops() {
        use(Progress.NONE);
        assertThat(Progress.NONE.stopRequested()).isFalse();
    }

    @Test
    void aStopSaysHowFarTheWorkIs() {
        StoppedException stopped = new StoppedException("training", 3, 10);
        assertThat(stopped).hasMessage("Stopped as requested: training, 3 of 10 steps done");
        assertThat(stopped.part()).isEqualTo("training");
        assertThat(stopped.done()).isEqualTo(3);
        assertThat(stopped.steps()).isEqualTo(10);
    }
}
