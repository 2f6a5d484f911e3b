package dev.clap4j.internal.diffusion.scheduler;

import dev.clap4j.ClapException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The way in which a few steps are chosen among those of training (Lin et al. 2024,
 * <a href="https://arxiv.org/abs/2305.08891">arXiv:2305.08891</a>, table 2).
 */
enum TimestepSpacing {
    LINSPACE,
    LEADING,
    TRAILING;

    static TimestepSpacing read(SchedulerConfig config, TimestepSpacing byDefault) {
        String[] names =
                Arrays.stream(values()).map(TimestepSpacing::configured).toArray(String[]::new);
        return valueOf(
                config.name("timestep_spacing", byDefault.configured(), names).toUpperCase(Locale.ROOT));
    }

    private String configured() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the timesteps of solvers of first order, in descending order; those of {@link #LINSPACE} may be fractions.
     *
     * @param train the number of steps of training
     * @param offset added to those of {@link #LEADING}
     */
    double[] timesteps(int train, int steps, int offset) {
        requireAtMost(train, steps);
        return switch (this) {
            case LINSPACE -> Numbers.reversed(Numbers.linspace(0, train - 1, steps));
            case LEADING -> multiples(train / steps, 0, steps, offset, train);
            case TRAILING -> trailing(train, (double) train / steps, steps);
        };
    }

    /**
     * Returns the timesteps of multistep solvers, whole numbers in descending order: like {@link #timesteps} of one step
     * more, without the last.
     *
     * @param used the number of steps of training that are used, those with least noise
     */
    double[] timestepsBeforeLast(int used, int train, int steps, int offset) {
        requireAtMost(this == TRAILING ? train : used - 1, steps);
        return switch (this) {
            case LINSPACE ->
                Arrays.copyOf(Numbers.reversed(Numbers.rounded(Numbers.linspace(0, used - 1, steps + 1))), steps);
            case LEADING -> multiples(used / (steps + 1), 1, steps, offset, train);
            case TRAILING -> trailing(used, (double) train / steps, steps);
        };
    }

    private static void requireAtMost(int most, int steps) {
        if (steps > most) {
            throw new ClapException(
                    "The scheduler can take at most " + most + " steps, but " + steps + " are asked for");
        }
    }

    private static double[] multiples(int ratio, int least, int steps, int offset, int train) {
        double first = (double) (steps - 1 + least) * ratio + offset;
        if (first >= train) {
            throw new ClapException("The first timestep would be " + (long) first + ", but the model knows those below "
                    + train + "; lower steps_offset in scheduler_config.json, or take fewer steps");
        }
        return IntStream.range(0, steps)
                .mapToDouble(i -> (double) (steps - 1 - i + least) * ratio + offset)
                .toArray();
    }

    /** At most {@code steps} timesteps down from {@code last - 1}; rounding may not add one below 0. */
    private static double[] trailing(int last, double ratio, int steps) {
        double step = (last - ratio) - last;
        return IntStream.range(0, steps)
                .mapToDouble(i -> Math.rint(last + i * step) - 1)
                .filter(timestep -> timestep >= 0)
                .toArray();
    }
}
