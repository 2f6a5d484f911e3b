package dev.clap4j.internal.diffusion.scheduler;

import dev.clap4j.ClapException;
import java.util.stream.IntStream;

/**
 * Multistep sampling of latent consistency models (Luo et al. 2023,
 * <a href="https://arxiv.org/abs/2310.04378">arXiv:2310.04378</a>, Algorithm 3): each call predicts the picture, which
 * gets new noise for the next.
 *
 * @param originalSteps the number of steps of the distillation, where the caller gives none
 * @param timeScale the scale of times in the boundary condition
 * @param range clips predicted pictures
 */
record Lcm(NoiseSchedule training, Prediction prediction, Clipping range, int originalSteps, double timeScale)
        implements Scheduler {
    /** The deviation of pictures that the boundary condition assumes. */
    private static final double DATA = 0.5;

    static Lcm read(SchedulerConfig config) {
        NoiseSchedule training =
                NoiseSchedule.read(config, 0.00085, 0.012, "scaled_linear").rescaledIfAsked(config);
        config.withoutEffect("set_alpha_to_one", "steps_offset", "timestep_spacing");
        return new Lcm(
                training,
                Prediction.read(config),
                Clipping.read(config, false),
                config.count("original_inference_steps", 50, 1, training.steps()),
                config.number("timestep_scaling", 10, 0));
    }

    @Override
    public Sampler sampler(StepPlan plan) {
        Schedule schedule = Schedule.of(timesteps(plan));
        return new Sampler() {
            @Override
            public Schedule schedule() {
                return schedule;
            }

            @Override
            public float[] step(int step, float[] output, float[] sample, Noise noise) {
                float[] picture = picture(schedule.timestep(step), output, sample);
                return step == schedule.calls() - 1 ? picture : noised(step + 1, picture, noise.next());
            }

            @Override
            public float[] noised(int step, float[] original, float[] noise) {
                return training.noised(schedule.timestep(step), original, noise);
            }
        };
    }

    /** The consistency function: Song et al. 2023, arXiv:2303.01469, equation 5. */
    private float[] picture(int timestep, float[] output, float[] sample) {
        double alpha = training.alpha(timestep);
        float[] original = range.apply(prediction.original(Math.sqrt(alpha), Math.sqrt(1 - alpha), sample, output));
        double scaled = timestep * timeScale;
        double square = scaled * scaled + DATA * DATA;
        return Combination.of(scaled / Math.sqrt(square), original)
                .plus(DATA * DATA / square, sample)
                .floats();
    }

    private double[] timesteps(StepPlan plan) {
        if (plan instanceof StepPlan.Count count) {
            return among(count.steps(), originalSteps, 1);
        }
        if (plan instanceof StepPlan.Distilled distilled) {
            int original = distilled.originalSteps() == 0 ? originalSteps : distilled.originalSteps();
            return among(distilled.steps(), original, distilled.strength());
        }
        if (plan instanceof StepPlan.Timesteps given) {
            return given.below(training.steps());
        }
        throw new ClapException("LCM cannot take " + plan);
    }

    /** Chooses evenly among the steps of the distillation. */
    private double[] among(int steps, int original, double strength) {
        int usable = (int) (original * strength);
        if (original > training.steps() || usable < steps) {
            throw new ClapException("LCM can take at most " + usable + " steps (" + original
                    + " original steps, strength " + strength + "), and at most " + training.steps()
                    + " original steps, but " + steps + " steps are asked for");
        }
        int stride = training.steps() / original;
        double gap = (double) usable / steps;
        return IntStream.range(0, steps)
                .mapToDouble(i -> (double) (usable - (int) (i * gap)) * stride - 1)
                .toArray();
    }
}
