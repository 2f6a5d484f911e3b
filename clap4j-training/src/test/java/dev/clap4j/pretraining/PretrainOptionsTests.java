package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PretrainOptionsTests {
    private static final PretrainOptions GOOD = PretrainOptions.of("tiny");

    private static DynamicTest bad(UnaryOperator<PretrainOptions> change, String message) {
        return DynamicTest.dynamicTest(message, () -> assertThatThrownBy(() -> change.apply(GOOD))
                .isInstanceOf(ClapException.class)
                .hasMessage(message));
    }

    @TestFactory
    Stream<DynamicTest> whatIsOutOfRangeIsNamed() {
        return Stream.of(
                bad(o -> o.withSchedule(0, 1e-3, 0), "The number of steps should be from 1 to 10000000, but is 0"),
                bad(o -> o.withSchedule(9, 1e-3, 10), "The number of warm-up steps should be from 0 to 9, but is 10"),
                bad(o -> o.withSchedule(9, 0, 1), "The learning rate should be above 0 and at most 1, but is 0.0"),
                bad(
                        o -> o.withSchedule(9, Double.NaN, 1),
                        "The learning rate should be above 0 and at most 1, but is NaN"),
                bad(o -> o.withBatchSize(1), "The batch size should be from 2 to 65536, but is 1"),
                bad(
                        o -> o.withBatchSize(3),
                        "Every thread should have two pairs of a batch or more, but 3 pairs are for 2 threads"),
                bad(o -> o.withThreads(0), "The number of threads should be from 1 to 1024, but is 0"),
                bad(o -> o.withVocabSize(513), "The size of the vocabulary should be from 514 to 1048576, but is 513"),
                bad(o -> o.withWeightDecay(-1), "The weight decay should be from 0 to 1, but is -1.0"),
                bad(
                        o -> o.withCheckpointEvery(0),
                        "The number of steps between two checkpoints should be from 1 to 10000000, but is 0"));
    }

    @Test
    void everyOptionIsInTheRecord() {
        assertThat(GOOD.withSeed(7).withThreads(3).describe())
                .containsEntry("architecture", "tiny")
                .containsEntry("seed", "7")
                .containsEntry("threads", "3")
                .containsEntry("beta2", "0.98")
                .containsEntry("lr", "0.001")
                .hasSize(14);
    }
}
