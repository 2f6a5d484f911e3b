package dev.clap4j.internal.diffusion.scheduler;

import dev.clap4j.ClapException;

/**
 * Denoising diffusion implicit models (Song et al. 2021,
 * <a href="https://arxiv.org/abs/2010.02502">arXiv:2010.02502</a>, equations 12 and 16).
 *
 * @param eta the noise added, relative to that of DDPM; 0 for none
 * @param lastAlpha the part of the picture that is left after the last step
 * @param range clips predicted pictures
 */
record Ddim(
        NoiseSchedule training,
        TimestepSpacing spacing,
        int offset,
        Prediction prediction,
        Clipping range,
        double lastAlpha,
        double eta)
        implements Scheduler {
    static Ddim read(SchedulerConfig config, double eta) {
        NoiseSchedule training = NoiseSchedule.read(config).rescaledIfAsked(config);
        return new Ddim(
                training,
                TimestepSpacing.read(config, TimestepSpacing.LEADING),
                config.count("steps_offset", 0, 0, training.steps()),
                Prediction.read(config),
                Clipping.read(config, true),
                config.flag("set_alpha_to_one", true) ? 1 : training.alpha(0),
                eta);
    }

    @Override
    public Sampler sampler(StepPlan plan) {
        if (!(plan instanceof StepPlan.Count count)) {
            throw new ClapException("DDIM takes a number of steps only, but " + plan + " is asked for");
        }
        Schedule schedule = Schedule.of(Numbers.rounded(spacing.timesteps(training.steps(), count.steps(), offset)));
        int stride = training.steps() / count.steps();
        return new Sampler() {
            @Override
            public Schedule schedule() {
                return schedule;
            }

            @Override
            public float[] step(int step, float[] output, float[] sample, Noise noise) {
                int timestep = schedule.timestep(step);
                return previous(timestep, timestep - stride, output, sample, noise);
            }

            @Override
            public float[] noised(int step, float[] original, float[] noise) {
                return training.noised(schedule.timestep(step), original, noise);
            }
        };
    }

    private float[] previous(int timestep, int next, float[] output, float[] sample, Noise noise) {
        double alpha = training.alpha(timestep);
        double nextAlpha = next >= 0 ? training.alpha(next) : lastAlpha;
        double root = Math.sqrt(alpha);
        double deviation = Math.sqrt(1 - alpha);
        float[] original = range.apply(prediction.original(root, deviation, sample, output));
        double variance = eta == 0 ? 0 : eta * eta * (1 - nextAlpha) / (1 - alpha) * (1 - alpha / nextAlpha);
        Combination previous = Combination.of(Math.sqrt(nextAlpha), original)
                .plus(
                        Math.sqrt(Math.max(1 - nextAlpha - variance, 0)),
                        prediction.noise(root, deviation, sample, output));
        return (eta > 0 ? previous.plus(Math.sqrt(variance), noise.next()) : previous).floats();
    }
}
