package dev.clap4j.internal.diffusion.scheduler;

import dev.clap4j.ClapException;

/**
 * The schedules of multistep solvers.
 *
 * @param used the number of steps of training that are used, those with least noise
 * @param most the greatest sigma; NaN for that of training
 * @param least the least sigma before the last step; NaN for that of training
 * @param toLeast whether the last step ends at the least noise, instead of none
 */
record MultistepSchedules(
        SigmaTable table,
        int trainSteps,
        int used,
        TimestepSpacing spacing,
        int offset,
        SigmaSpacing sigmaSpacing,
        double most,
        double least,
        boolean toLeast) {
    static MultistepSchedules read(SchedulerConfig config, NoiseSchedule training, int used, SigmaSpacing sigmas) {
        return new MultistepSchedules(
                new SigmaTable(training),
                training.steps(),
                used,
                TimestepSpacing.read(config, TimestepSpacing.LINSPACE),
                config.count("steps_offset", 0, 0, training.steps()),
                sigmas,
                config.number("sigma_max", Double.NaN, 0),
                config.number("sigma_min", Double.NaN, 0),
                config.name("final_sigmas_type", "zero", "sigma_min").equals("sigma_min"));
    }

    /** Refuses what only flow models have. */
    static void requireNoFlow(SchedulerConfig config) {
        config.requireOff("use_flow_sigmas");
        config.requireOff("use_dynamic_shifting");
        config.withoutEffect("flow_shift", "time_shift_type");
    }

    boolean ofTimesteps() {
        return sigmaSpacing == SigmaSpacing.OF_TIMESTEPS;
    }

    /** Returns whole timesteps, spaced as configured or given. */
    double[] timesteps(StepPlan plan) {
        if (plan instanceof StepPlan.Count count) {
            return spacing.timestepsBeforeLast(used, trainSteps, count.steps(), offset);
        }
        if (plan instanceof StepPlan.Timesteps given && ofTimesteps()) {
            return Numbers.cut(given.below(trainSteps));
        }
        throw new ClapException("The multistep scheduler, as configured, cannot take " + plan);
    }

    double[] sigmas(double[] timesteps) {
        return switch (sigmaSpacing) {
            case OF_TIMESTEPS -> table.at(timesteps);
            case LU -> sigmaSpacing.sigmas(table.most(), table.least(), timesteps.length);
            default ->
                sigmaSpacing.sigmas(
                        Double.isNaN(most) ? table.most() : most,
                        Double.isNaN(least) ? table.least() : least,
                        timesteps.length);
        };
    }
}
