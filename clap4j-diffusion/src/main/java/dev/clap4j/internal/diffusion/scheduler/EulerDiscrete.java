package dev.clap4j.internal.diffusion.scheduler;

import dev.clap4j.ClapException;
import java.util.Arrays;

/**
 * Euler's method on the noise relative to the picture (Karras et al. 2022,
 * <a href="https://arxiv.org/abs/2206.00364">arXiv:2206.00364</a>, Algorithm 1 without its correction).
 *
 * @param most the greatest sigma; NaN for that of the first timestep
 * @param least the least sigma before the last step; NaN for that of the last timestep
 * @param logLinear whether sigmas are spaced by their logarithms instead of taken from timesteps
 * @param toLeast whether the last step ends at the least noise of training, instead of none
 * @param continuous whether the model takes {@code log σ / 4} as its time
 */
record EulerDiscrete(
        SigmaTable table,
        int trainSteps,
        TimestepSpacing spacing,
        int offset,
        VarianceExploding prediction,
        SigmaSpacing sigmaSpacing,
        double most,
        double least,
        boolean logLinear,
        boolean toLeast,
        boolean continuous)
        implements Scheduler {
    static EulerDiscrete read(SchedulerConfig config) {
        NoiseSchedule training = NoiseSchedule.read(config).nearlyRescaledIfAsked(config);
        Prediction prediction =
                Prediction.of(config.name("prediction_type", "epsilon", "sample", "original_sample", "v_prediction"));
        boolean continuous =
                config.name("timestep_type", "discrete", "continuous").equals("continuous");
        return new EulerDiscrete(
                new SigmaTable(training),
                training.steps(),
                TimestepSpacing.read(config, TimestepSpacing.LINSPACE),
                config.count("steps_offset", 0, 0, training.steps()),
                new VarianceExploding(prediction),
                SigmaSpacing.read(config),
                config.number("sigma_max", Double.NaN, 0),
                config.number("sigma_min", Double.NaN, 0),
                config.name("interpolation_type", "linear", "log_linear").equals("log_linear"),
                config.name("final_sigmas_type", "zero", "sigma_min").equals("sigma_min"),
                continuous && prediction == Prediction.V_PREDICTION);
    }

    @Override
    public Sampler sampler(StepPlan plan) {
        return VarianceExploding.sampler(schedule(plan), (sigma, next, output, sample, noise) -> {
            double ratio = (next - sigma) / sigma;
            float[] original = prediction.original(sigma, sample, output);
            return Combination.of(1 + ratio, sample).plus(-ratio, original).floats();
        });
    }

    private Schedule schedule(StepPlan plan) {
        double[] timesteps;
        double[] sigmas;
        if (plan instanceof StepPlan.Sigmas given) {
            sigmas = Numbers.doubles(Numbers.floats(given.sigmas()));
            timesteps = table.timesteps(Arrays.copyOf(sigmas, sigmas.length - 1));
        } else {
            timesteps = timesteps(plan);
            sigmas = logLinear
                    ? SigmaSpacing.EXPONENTIAL.sigmas(table.most(), table.least(), timesteps.length + 1)
                    : table.at(timesteps);
            if (sigmaSpacing != SigmaSpacing.OF_TIMESTEPS) {
                sigmas = sigmaSpacing.sigmas(
                        Double.isNaN(most) ? sigmas[0] : most,
                        Double.isNaN(least) ? sigmas[sigmas.length - 1] : least,
                        timesteps.length);
                timesteps = table.timesteps(sigmas);
            }
            sigmas = Numbers.followedBy(sigmas, toLeast ? table.least() : 0);
        }
        float[] singles = Numbers.floats(sigmas);
        float[] times = continuous ? quarterLogs(singles, timesteps.length) : Numbers.floats(timesteps);
        return VarianceExploding.schedule(times, singles, spacing);
    }

    private double[] timesteps(StepPlan plan) {
        if (plan instanceof StepPlan.Count count) {
            return spacing.timesteps(trainSteps, count.steps(), offset);
        }
        if (plan instanceof StepPlan.Timesteps given && sigmaSpacing == SigmaSpacing.OF_TIMESTEPS && !continuous) {
            return given.below(trainSteps);
        }
        throw new ClapException("The Euler scheduler, as configured, cannot take " + plan);
    }

    private static float[] quarterLogs(float[] sigmas, int count) {
        float[] logs = new float[count];
        for (int i = 0; i < count; i++) {
            logs[i] = (float) (0.25 * Math.log(sigmas[i]));
        }
        return logs;
    }
}
