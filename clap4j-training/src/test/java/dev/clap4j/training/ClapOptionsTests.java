package dev.clap4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.training.objective.ClapObjective;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClapOptionsTests {
    private static final ClapOptions OPTIONS = Defaults.forClasses(List.of("cat", "dog"), 16);

    @Test
    void impossibleValuesAreExplained() {
        assertRefused(() -> Defaults.forClasses(List.of(), 16), "There are no classes to train on; name at least one");
        assertRefused(() -> Defaults.forClasses(List.of("a", " "), 16), "A class name is empty");
        assertRefused(() -> Defaults.forClasses(List.of("a", "b", "a"), 16), "The class \"a\" is named twice");
        assertRefused(
                () -> OPTIONS.withBatchSize(1),
                "The batch size should be 2 or more, as prompts are told apart within a batch, but is 1");
        assertRefused(
                () -> OPTIONS.withLearningRate(0), "The learning rate should be above 0 and at most 1, but is 0.0");
        assertRefused(() -> OPTIONS.withAlpha(Float.NaN), "alpha should be a finite number, but is NaN");
        assertRefused(
                () -> OPTIONS.withNetwork(new HeadNetwork(16, 0, 16, 0, "silu")),
                "The dimensions of a head should be from 1 to 65536, but the latent one is 0");
        assertRefused(
                () -> OPTIONS.withNetwork(new HeadNetwork(16, 8, 0, 0, "silu")),
                "The dimensions of a head should be from 1 to 65536, but the one that comes out is 0");
        assertRefused(
                () -> OPTIONS.withNetwork(new HeadNetwork(16, 8, 16, -1, "silu")),
                "The number of further hidden layers should be from 0 to 1000, but is -1");
        assertRefused(
                () -> OPTIONS.withNetwork(new HeadNetwork(16, 8, 16, 0, "gelu")),
                "The activation of a head should be silu or leaky_relu, but is gelu");
        assertRefused(
                () -> ClapObjective.official(0.5, -1, 1), "The temperature of a loss should be above 0, but is -1.0");
        assertRefused(
                () -> ClapObjective.official(0.5, 1, -1),
                "The weight of the class names should be 0 or more, but is -1.0");
        assertRefused(
                () -> new ContextNoise(-1, 0), "The number of noise vectors should be between 0 and 64, but is -1");
        assertRefused(
                () -> new ContextNoise(4, -0.5f),
                "The standard deviation of the noise should be 0 or more, but is -0.5");
        assertRefused(() -> new Schedule(0, 1, 1, 0), "The number of steps should be from 1 to 10000000, but is 0");
        assertRefused(
                () -> new Schedule(1, 0, 1, 0),
                "The number of steps between two checks should be from 1 to 100000, but is 0");
        assertRefused(() -> new Schedule(1, 1, 0, 0), "The patience should be 1 or more, but is 0");
        assertRefused(() -> new Schedule(1, 1, 1, -1), "The improvement that counts should be 0 or more, but is -1.0");
    }

    @Test
    void whatNoMachineCouldTrainIsRefused() {
        assertRefused(
                () -> OPTIONS.withNetwork(new HeadNetwork(16, Integer.MAX_VALUE, 16, 0, "silu")),
                "The dimensions of a head should be from 1 to 65536, but the latent one is 2147483647");
        assertRefused(
                () -> OPTIONS.withNetwork(new HeadNetwork(16, 8, 1_000_000_000, 0, "silu")),
                "The dimensions of a head should be from 1 to 65536, but the one that comes out is 1000000000");
        assertRefused(
                () -> OPTIONS.withNetwork(new HeadNetwork(16, 8, 16, Integer.MAX_VALUE, "silu")),
                "The number of further hidden layers should be from 0 to 1000, but is 2147483647");
        assertRefused(
                () -> OPTIONS.withNetwork(new HeadNetwork(16, 65_536, 16, 1_000, "silu")),
                "The layers of a head should have at most 268435456 weights, but have 4294969393152; choose smaller"
                        + " dimensions or fewer layers");
        assertRefused(
                () -> new Schedule(10_000_001, 1, 1, 0),
                "The number of steps should be from 1 to 10000000, but is 10000001");
        assertRefused(
                () -> new Schedule(1, 100_001, 1, 0),
                "The number of steps between two checks should be from 1 to 100000, but is 100001");
    }

    private static void assertRefused(ThrowingCallable action, String message) {
        assertThatThrownBy(action).isInstanceOf(ClapException.class).hasMessage(message);
    }

    @Test
    void stepsBehindTheLastCheckAreNotMade() {
        assertThat(Schedule.OFFICIAL.intervals()).isEqualTo(16);
        assertThat(Schedule.OFFICIAL.steps()).isEqualTo(7680);
        Schedule tooShortForACheck = new Schedule(100, 480, 5, 0.01);
        assertThat(tooShortForACheck.intervals()).isEqualTo(1);
        assertThat(tooShortForACheck.steps()).isEqualTo(100);
    }
}
