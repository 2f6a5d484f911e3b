package dev.clap4j.internal.server.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTests {
    private final AtomicLong clock = new AtomicLong();
    private final Backlog backlog = new Backlog(Duration.ofSeconds(2), clock::get);

    /** Has inputs finish one after the other, each after a time, so that the time is known. */
    private void measure(int inputs, long milliseconds) {
        Backlog.Share share = backlog.tryBegin(inputs).orElseThrow();
        for (int i = 0; i < inputs; i++) {
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(milliseconds));
            share.finishOne(true);
        }
    }

    /** Returns the number of requests of one input that are let in. */
    private int letIn() {
        return (int) IntStream.range(0, 10_000)
                .takeWhile(i -> backlog.tryBegin(1).isPresent())
                .count();
    }

    @Test
    void letsInWhatIsDoneInTime() {
        measure(320, 100);
        assertThat(letIn()).isEqualTo(21);
    }

    @Test
    void quickInputsMayBeMore() {
        measure(320, 10);
        assertThat(letIn()).isEqualTo(201);
    }

    @Test
    void atFirstNothingIsKnown() {
        assertThat(letIn()).isEqualTo(33);
    }

    @Test
    void timeWithoutInputsDoesNotCount() {
        measure(160, 100);
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        measure(160, 100);
        assertThat(letIn()).isEqualTo(21);
    }

    @Test
    void whatIsDoneMakesRoom() {
        measure(320, 100);
        Backlog.Share share = backlog.tryBegin(1).orElseThrow();
        letIn();
        assertThat(backlog.tryBegin(1)).isEmpty();
        share.finishOne(true);
        assertThat(backlog.tryBegin(1)).isPresent();
    }

    @Test
    void aRequestIsNotHeldUpByItself() {
        measure(320, 100);
        assertThat(backlog.tryBegin(10_000)).isPresent();
    }

    @Test
    void manyInputsOfOneRequestHoldUpOthersLikeThemAlone() {
        measure(320, 100);
        Backlog.Share many = backlog.tryBegin(256).orElseThrow();
        assertThat(backlog.tryBegin(256)).isEmpty();
        assertThat(backlog.tryBegin(1)).isPresent();
        many.giveUp();
        assertThat(backlog.tryBegin(256)).isPresent();
    }

    @Test
    void whatIsLeftOutTellsNothingOfTheTime() {
        measure(320, 100);
        Backlog.Share share = backlog.tryBegin(1_000).orElseThrow();
        IntStream.range(0, 1_000).forEach(i -> share.finishOne(false));
        assertThat(letIn()).isEqualTo(21);
    }
}
