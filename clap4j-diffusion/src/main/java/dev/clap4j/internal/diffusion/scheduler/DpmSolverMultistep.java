package dev.clap4j.internal.diffusion.scheduler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * DPM-Solver++, multistep (Lu et al. 2022, <a href="https://arxiv.org/abs/2211.01095">arXiv:2211.01095</a>, Algorithm 2,
 * known as DPM++ 2M), and its relatives: DPM-Solver, both with new noise at each step, first to third order.
 *
 * @param heun whether second order uses Heun's rule instead of the midpoint rule
 * @param lowerOrderFinal whether the last steps of fewer than 15 have lower order
 * @param eulerAtFinal whether the last step has first order
 * @param roundsTimesteps whether timesteps of chosen sigmas are rounded instead of cut
 */
record DpmSolverMultistep(
        MultistepSchedules schedules,
        DpmAlgorithm algorithm,
        Prediction prediction,
        Clipping threshold,
        int order,
        boolean heun,
        boolean lowerOrderFinal,
        boolean eulerAtFinal,
        boolean roundsTimesteps)
        implements Scheduler {
    private static final int FEW_STEPS = 15;
    private static final int HIGHEST_ORDER = 3;

    static DpmSolverMultistep read(SchedulerConfig config) {
        NoiseSchedule training = NoiseSchedule.read(config).nearlyRescaledIfAsked(config);
        SigmaSpacing spacing = SigmaSpacing.read(config);
        boolean lu = config.flag("use_lu_lambdas", false) && spacing != SigmaSpacing.KARRAS;
        boolean cosine = config.name("beta_schedule", "linear", "scaled_linear", "squaredcos_cap_v2")
                .equals("squaredcos_cap_v2");
        boolean rounds = (lu || spacing == SigmaSpacing.KARRAS) && !cosine;
        DpmAlgorithm algorithm = DpmAlgorithm.read(config);
        int order = config.count("solver_order", 2, 1, HIGHEST_ORDER);
        if (order == HIGHEST_ORDER && algorithm == DpmAlgorithm.SDE_DPM_SOLVER) {
            throw config.unexpected("solver_order", "1 or 2, as sde-dpmsolver has no third order");
        }
        MultistepSchedules.requireNoFlow(config);
        config.requireOff("variance_type");
        DpmSolverMultistep solver = new DpmSolverMultistep(
                MultistepSchedules.read(config, training, used(config, training), lu ? SigmaSpacing.LU : spacing),
                algorithm,
                Prediction.read(config),
                Clipping.readThreshold(config),
                order,
                config.name("solver_type", "midpoint", "heun", "logrho", "bh1", "bh2")
                        .equals("heun"),
                config.flag("lower_order_final", true),
                config.flag("euler_at_final", false),
                rounds);
        if (!algorithm.predictsPicture() && !solver.schedules.toLeast()) {
            throw config.unexpected(
                    "final_sigmas_type", "sigma_min, as dpmsolver and sde-dpmsolver cannot remove all noise");
        }
        return solver;
    }

    /** The number of steps of training whose signal-to-noise ratio is above the configured limit. */
    private static int used(SchedulerConfig config, NoiseSchedule training) {
        double limit = config.limit("lambda_min_clipped");
        int used = training.steps();
        while (used > 0 && lambda(training.alphas()[used - 1]) < limit) {
            used--;
        }
        if (used == 0) {
            throw config.unexpected("lambda_min_clipped", "a limit that leaves at least one timestep");
        }
        return used;
    }

    private static float lambda(float alpha) {
        return (float) Math.log((float) Math.sqrt(alpha)) - (float) Math.log((float) Math.sqrt(1 - alpha));
    }

    @Override
    public Sampler sampler(StepPlan plan) {
        double[] timesteps = schedules.timesteps(plan);
        double[] sigmas = schedules.sigmas(timesteps);
        if (!schedules.ofTimesteps()) {
            double[] times = schedules.table().timesteps(sigmas);
            timesteps = Numbers.cut(roundsTimesteps ? Numbers.rounded(times) : times);
        }
        double last = schedules.toLeast() ? schedules.table().least() : 0;
        return new Steps(Schedule.of(timesteps, Numbers.followedBy(sigmas, last)));
    }

    private final class Steps implements Sampler {
        private final Schedule schedule;
        private final Deque<float[]> predictions = new ArrayDeque<>();

        Steps(Schedule schedule) {
            this.schedule = schedule;
        }

        @Override
        public Schedule schedule() {
            return schedule;
        }

        @Override
        public float[] noised(int step, float[] original, float[] noise) {
            return schedule.point(step).noised(original, noise);
        }

        @Override
        public float[] step(int step, float[] output, float[] sample, Noise noise) {
            predictions.addFirst(predicted(schedule.point(step), output, sample));
            if (predictions.size() > order) {
                predictions.removeLast();
            }
            SigmaPoint now = schedule.point(step);
            SigmaPoint next = schedule.point(step + 1);
            double h = next.lambda() - now.lambda();
            DpmAlgorithm.Weights weights = algorithm.weights(next.alpha(), next.sigma(), now.alpha(), now.sigma(), h);
            Combination sum = Combination.of(weights.sample(), sample);
            addPredictions(sum, weights, step, h);
            return (algorithm.addsNoise() ? sum.plus(weights.noise(), noise.next()) : sum).floats();
        }

        /** The order of a step: fewer at the beginning, where predictions lack, and at the end. */
        private int order(int step) {
            int left = schedule.calls() - step;
            boolean few = lowerOrderFinal && schedule.calls() < FEW_STEPS;
            if (left == 1 && (eulerAtFinal || few || !schedules.toLeast())) {
                return 1;
            }
            return Math.min(predictions.size(), left == 2 && few ? 2 : order);
        }

        private void addPredictions(Combination sum, DpmAlgorithm.Weights weights, int step, double h) {
            Iterator<float[]> recent = predictions.iterator();
            float[] newest = recent.next();
            sum.plus(weights.value(), newest);
            int used = order(step);
            if (used == 1) {
                return;
            }
            double r0 =
                    (schedule.point(step).lambda() - schedule.point(step - 1).lambda()) / h;
            float[] before = recent.next();
            if (used == 2) {
                double slope = (heun ? weights.slope() : weights.value() / 2) / r0;
                sum.plus(slope, newest).plus(-slope, before);
                return;
            }
            double r1 = (schedule.point(step - 1).lambda()
                            - schedule.point(step - 2).lambda())
                    / h;
            // The divided differences newest − before and before − first, in both derivatives.
            double both = r0 + r1;
            double late = (weights.slope() * (1 + r0 / both) + weights.curvature() / both) / r0;
            double early = -(weights.slope() * r0 + weights.curvature()) / both / r1;
            sum.plus(late, newest).plus(early - late, before).plus(-early, recent.next());
        }

        private float[] predicted(SigmaPoint at, float[] output, float[] sample) {
            if (algorithm.predictsPicture()) {
                return threshold.apply(prediction.original(at.alpha(), at.sigma(), sample, output));
            }
            float[] noise = prediction.noise(at.alpha(), at.sigma(), sample, output);
            float[] picture = Prediction.EPSILON.original(at.alpha(), at.sigma(), sample, noise);
            float[] limited = threshold.apply(picture);
            return limited == picture ? noise : Prediction.SAMPLE.noise(at.alpha(), at.sigma(), sample, limited);
        }
    }
}
