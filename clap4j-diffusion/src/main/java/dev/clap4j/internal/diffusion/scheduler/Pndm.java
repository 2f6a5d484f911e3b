package dev.clap4j.internal.diffusion.scheduler;

import dev.clap4j.ClapException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pseudo numerical methods for diffusion models (Liu et al. 2022,
 * <a href="https://arxiv.org/abs/2202.09778">arXiv:2202.09778</a>): linear multistep (equation 12), begun by Runge–Kutta
 * steps (equation 13 and Algorithm 2), or, as Stable Diffusion is configured, by asking the model a second time.
 *
 * @param rungeKutta whether to begin with Runge–Kutta steps
 * @param lastAlpha the part of the picture that is left after the last step
 */
record Pndm(
        NoiseSchedule training,
        TimestepSpacing spacing,
        int offset,
        Prediction prediction,
        boolean rungeKutta,
        double lastAlpha)
        implements Scheduler {
    private static final int RUNGE_KUTTA_STEPS = 3;
    private static final int CALLS_A_STEP = 4;

    static Pndm read(SchedulerConfig config) {
        NoiseSchedule training = NoiseSchedule.read(config);
        return new Pndm(
                training,
                TimestepSpacing.read(config, TimestepSpacing.LEADING),
                config.count("steps_offset", 0, 0, training.steps()),
                Prediction.readNoiseOrVelocity(config),
                !config.flag("skip_prk_steps", false),
                config.flag("set_alpha_to_one", false) ? 1 : training.alpha(0));
    }

    @Override
    public Sampler sampler(StepPlan plan) {
        if (!(plan instanceof StepPlan.Count count)) {
            throw new ClapException("PNDM takes a number of steps only, but " + plan + " is asked for");
        }
        double[] timesteps = Numbers.rounded(spacing.timesteps(training.steps(), count.steps(), offset));
        int stride = training.steps() / count.steps();
        return new Steps(Schedule.of(rungeKutta ? begunBySteps(timesteps, stride) : begunTwice(timesteps)), stride);
    }

    /** The second call is made twice, from the results of different methods. */
    private static double[] begunTwice(double[] timesteps) {
        List<Double> calls = new ArrayList<>();
        for (int i = 0; i < timesteps.length; i++) {
            calls.add(timesteps[i]);
            if (i == 1) {
                calls.add(timesteps[i]);
            }
        }
        return calls.stream().mapToDouble(call -> call).toArray();
    }

    /** Each of the first steps takes four calls: at its beginning, twice in its middle, and at its end. */
    private static double[] begunBySteps(double[] timesteps, int stride) {
        if (timesteps.length <= RUNGE_KUTTA_STEPS) {
            throw new ClapException("PNDM with Runge–Kutta steps (skip_prk_steps false) takes at least "
                    + (RUNGE_KUTTA_STEPS + 1) + " steps, but " + timesteps.length + " are asked for");
        }
        List<Double> calls = new ArrayList<>();
        for (int i = 0; i < RUNGE_KUTTA_STEPS; i++) {
            int half = stride / 2;
            double middle = timesteps[i + 1] + half;
            calls.addAll(List.of(timesteps[i], middle, middle, timesteps[i + 1]));
        }
        Arrays.stream(timesteps, RUNGE_KUTTA_STEPS, timesteps.length).forEach(calls::add);
        return calls.stream().mapToDouble(call -> call).toArray();
    }

    private final class Steps implements Sampler {
        private final Schedule schedule;
        private final int stride;
        private final List<float[]> outputs = new ArrayList<>();
        private int calls;
        private int begin;
        private float[] beginning;
        private Combination slope;

        Steps(Schedule schedule, int stride) {
            this.schedule = schedule;
            this.stride = stride;
        }

        @Override
        public Schedule schedule() {
            return schedule;
        }

        @Override
        public float[] noised(int step, float[] original, float[] noise) {
            return training.noised(schedule.timestep(step), original, noise);
        }

        @Override
        public float[] step(int step, float[] output, float[] sample, Noise noise) {
            int timestep = schedule.timestep(step);
            int call = calls++;
            if (rungeKutta && step != call) {
                throw new ClapException("PNDM with Runge–Kutta steps (skip_prk_steps false) cannot begin at a picture,"
                        + " only at noise; choose another scheduler");
            }
            if (rungeKutta && step < RUNGE_KUTTA_STEPS * CALLS_A_STEP) {
                return rungeKutta(call % CALLS_A_STEP, timestep, output, sample);
            }
            if (!rungeKutta && call == 1) {
                float[] mean =
                        Combination.of(0.5, output).plus(0.5, outputs.get(0)).floats();
                return transfer(beginning, timestep + stride, timestep, mean);
            }
            remember(output);
            beginning = sample;
            return transfer(sample, timestep, timestep - stride, multistep());
        }

        private float[] rungeKutta(int call, int timestep, float[] output, float[] sample) {
            if (call == 0) {
                begin = timestep;
                beginning = sample;
                slope = Combination.of(1.0 / 6, output);
                remember(output);
                return transfer(beginning, begin, timestep - stride / 2, output);
            }
            slope.plus(call == CALLS_A_STEP - 1 ? 1.0 / 6 : 1.0 / 3, output);
            return switch (call) {
                case 1 -> transfer(beginning, begin, timestep, output);
                case 2 -> transfer(beginning, begin, timestep - stride / 2, output);
                default -> transfer(beginning, begin, timestep, slope.floats());
            };
        }

        private void remember(float[] output) {
            outputs.add(output);
            if (outputs.size() > CALLS_A_STEP) {
                outputs.remove(0);
            }
        }

        /** The noise extrapolated from the last outputs (Adams–Bashforth). */
        private float[] multistep() {
            int known = outputs.size();
            double[] weights =
                    switch (known) {
                        case 1 -> new double[] {1};
                        case 2 -> new double[] {-1 / 2.0, 3 / 2.0};
                        case 3 -> new double[] {5 / 12.0, -16 / 12.0, 23 / 12.0};
                        default -> new double[] {-9 / 24.0, 37 / 24.0, -59 / 24.0, 55 / 24.0};
                    };
            Combination sum = Combination.of(weights[0], outputs.get(0));
            for (int i = 1; i < known; i++) {
                sum.plus(weights[i], outputs.get(i));
            }
            return sum.floats();
        }

        /** Equation 9: from one time to another. */
        private float[] transfer(float[] sample, int from, int to, float[] output) {
            double alpha = training.alpha(from);
            double next = to >= 0 ? training.alpha(to) : lastAlpha;
            float[] noise = prediction.noise(Math.sqrt(alpha), Math.sqrt(1 - alpha), sample, output);
            double divisor = alpha * Math.sqrt(1 - next) + Math.sqrt(alpha * (1 - alpha) * next);
            return Combination.of(Math.sqrt(next / alpha), sample)
                    .plus(-(next - alpha) / divisor, noise)
                    .floats();
        }
    }
}
