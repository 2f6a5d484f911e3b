package dev.clap4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTests {
    private static Schedule schedule(int steps, int checkEvery) {
        return new Schedule(steps, checkEvery, 5, 0.01);
    }

    /** As the authors' code has it: there is no check but every 480 steps, and nothing is kept behind the last. */
    @Test
    void thePublishedScheduleTrainsSixteenIntervals() {
        assertThat(Schedule.OFFICIAL.intervals()).isEqualTo(16);
        assertThat(Schedule.OFFICIAL.steps()).isEqualTo(7680);
    }

    @Test
    void whatIsNotTrainedIsSaid() {
        assertThat(schedule(1000, 480).shortfall())
                .contains(
                        "960 of the 1000 steps are trained: only a check keeps a head, there is one every 480 steps, and"
                                + " steps after the last could change nothing; with one every 500, all are trained");
        assertThat(schedule(960, 480).shortfall()).isEmpty();
        // One check fits into fewer steps than there are between two.
        assertThat(schedule(100, 480).shortfall()).isEmpty();
        assertThat(schedule(1, 480).shortfall()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1000, 480, 500", "960, 480, 480", "8000, 480, 500", "100, 480, 100", "1009, 480, 1009", "1, 480, 1"})
    void checksThatLeaveNoStepBehindAreAsNearlyAsOften(int steps, int usual, int interval) {
        assertThat(schedule(7680, usual).withAllOf(steps)).isEqualTo(schedule(steps, interval));
    }

    @Property
    void allStepsAreTrained(
            @ForAll @IntRange(min = 1, max = 100_000) int steps,
            @ForAll @IntRange(min = 1, max = Schedule.MOST_BETWEEN_CHECKS) int usual) {
        assertThat(schedule(steps, usual).withAllOf(steps).steps()).isEqualTo(steps);
    }

    @Test
    void veryManyStepsTakeNoTime() {
        for (int steps : new int[] {Schedule.MOST_STEPS, 9_999_991}) { // the latter is prime
            assertThat(schedule(7680, 480).withAllOf(steps).steps()).isEqualTo(steps);
        }
    }
}
