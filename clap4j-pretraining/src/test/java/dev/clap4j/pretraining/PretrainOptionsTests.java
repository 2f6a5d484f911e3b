package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(GOOD.withSeed(7).withThreads(3).describe().toString())
                .isEqualTo(
                        "{architecture=tiny, steps=20000, batch=256, lr=0.001, warmup=500, weight-decay=0.1, beta1=0.9,"
                                + " beta2=0.98, epsilon=1.0E-6, max-gradient-norm=1.0, vocab-size=4096, seed=7, threads=3,"
                                + " checkpoint-every=500}");
    }

    @Test
    void valuesAreCheckedTogether() {
        // With the two threads of the defaults, a batch of three would be too small.
        PretrainOptions options = GOOD.with(Map.of("batch", "3", "threads", "1", "lr", "2e-3"));
        assertThat(options.batchSize()).isEqualTo(3);
        assertThat(options.threads()).isEqualTo(1);
        assertThat(options.learningRate()).isEqualTo(2e-3);
        assertThat(GOOD.with(Map.of())).isEqualTo(GOOD);
        assertThatThrownBy(() -> GOOD.with(Map.of("batch", "3")))
                .isInstanceOf(ClapException.class)
                .hasMessage("Every thread should have two pairs of a batch or more, but 3 pairs are for 2 threads");
    }

    @Test
    void warmUpIsATenthOfFewSteps() {
        assertThat(GOOD.with(Map.of("steps", "100")).warmupSteps()).isEqualTo(10);
        assertThat(GOOD.with(Map.of("steps", "100000")).warmupSteps()).isEqualTo(500);
        assertThat(GOOD.with(Map.of("steps", "100", "warmup", "50")).warmupSteps())
                .isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "steps | many | steps should be a whole number, not 'many'",
                "steps | 3000000000 | steps should be a whole number of at most 2147483647, not '3000000000'",
                "seed | 9223372036854775808 | seed should be a whole number of at most 9223372036854775807, not"
                        + " '9223372036854775808'",
                "lr | 0x1p-9 | lr should be a number, not '0x1p-9'",
            })
    void textsThatAreNoValuesAreExplained(String name, String text, String message) {
        assertThatThrownBy(() -> GOOD.with(Map.of(name, text)))
                .isInstanceOf(ClapException.class)
                .hasMessage(message);
    }
}
