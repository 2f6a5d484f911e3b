package dev.clap4j.internal.diffusion.scheduler;

import dev.clap4j.ClapException;

/**
 * Euler's method with ancestral sampling, as in Katherine Crowson's k-diffusion: each step removes more noise than it
 * should and adds the difference anew, with the variance of DDPM (Ho et al. 2020,
 * <a href="https://arxiv.org/abs/2006.11239">arXiv:2006.11239</a>, equation 7, in sigmas).
 */
record EulerAncestral(
        SigmaTable table, int trainSteps, TimestepSpacing spacing, int offset, VarianceExploding prediction)
        implements Scheduler {
    static EulerAncestral read(SchedulerConfig config) {
        NoiseSchedule training = NoiseSchedule.read(config).nearlyRescaledIfAsked(config);
        return new EulerAncestral(
                new SigmaTable(training),
                training.steps(),
                TimestepSpacing.read(config, TimestepSpacing.LINSPACE),
                config.count("steps_offset", 0, 0, training.steps()),
                new VarianceExploding(Prediction.readNoiseOrVelocity(config)));
    }

    @Override
    public Sampler sampler(StepPlan plan) {
        if (!(plan instanceof StepPlan.Count count)) {
            throw new ClapException("Euler ancestral takes a number of steps only, but " + plan + " is asked for");
        }
        double[] timesteps = spacing.timesteps(trainSteps, count.steps(), offset);
        float[] sigmas = Numbers.floats(Numbers.followedBy(table.at(timesteps), 0));
        Schedule schedule = VarianceExploding.schedule(Numbers.floats(timesteps), sigmas, spacing);
        return VarianceExploding.sampler(schedule, (sigma, next, output, sample, noise) -> {
            double up = next * Math.sqrt(Math.max(sigma * sigma - next * next, 0)) / sigma;
            double down = Math.sqrt(Math.max(next * next - up * up, 0));
            double ratio = (down - sigma) / sigma;
            return Combination.of(1 + ratio, sample)
                    .plus(-ratio, prediction.original(sigma, sample, output))
                    .plus(up, noise.next())
                    .floats();
        });
    }
}
