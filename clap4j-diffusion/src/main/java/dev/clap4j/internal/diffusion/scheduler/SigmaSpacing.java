package dev.clap4j.internal.diffusion.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The spacing of sigmas between the largest and the smallest. */
enum SigmaSpacing {
    /** The sigmas of the chosen timesteps. */
    OF_TIMESTEPS,
    /** Karras et al. 2022, <a href="https://arxiv.org/abs/2206.00364">arXiv:2206.00364</a>, equation 5. */
    KARRAS,
    /** Evenly spaced logarithms. */
    EXPONENTIAL,
    /** Quantiles of a beta distribution (<a href="https://arxiv.org/abs/2407.12173">arXiv:2407.12173</a>). */
    BETA,
    /** Evenly spaced logarithms, over all sigmas of training (Lu et al. 2022). */
    LU;

    private static final double RHO = 7;

    static SigmaSpacing read(SchedulerConfig config) {
        List<String> asked = new ArrayList<>();
        SigmaSpacing spacing = OF_TIMESTEPS;
        for (SigmaSpacing one : List.of(KARRAS, EXPONENTIAL, BETA)) {
            String key = "use_" + one.name().toLowerCase(Locale.ROOT) + "_sigmas";
            if (config.flag(key, false)) {
                asked.add(key);
                spacing = one;
            }
        }
        if (asked.size() > 1) {
            throw config.invalid(String.join(" and ", asked) + " are true, but only one of them can be");
        }
        return spacing;
    }

    /** Returns {@code count} sigmas in descending order. */
    double[] sigmas(double most, double least, int count) {
        double[] ramp = Numbers.linspace(0, 1, count);
        double[] sigmas = new double[count];
        for (int i = 0; i < count; i++) {
            sigmas[i] = at(most, least, ramp[i]);
        }
        return sigmas;
    }

    private double at(double most, double least, double ramp) {
        return switch (this) {
            case KARRAS -> {
                double from = Math.pow(most, 1 / RHO);
                yield Math.pow(from + ramp * (Math.pow(least, 1 / RHO) - from), RHO);
            }
            case EXPONENTIAL, LU -> Math.exp(Math.log(most) + ramp * (Math.log(least) - Math.log(most)));
            case BETA -> least + BetaQuantile.of(1 - ramp) * (most - least);
            case OF_TIMESTEPS -> throw new IllegalStateException("These sigmas follow from timesteps");
        };
    }
}
