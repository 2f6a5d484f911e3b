package dev.clap4j.internal.diffusion.scheduler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The unified predictor-corrector (Zhao et al. 2023, <a href="https://arxiv.org/abs/2302.04867">arXiv:2302.04867</a>,
 * Algorithms 1 and 2, in terms of the picture or the noise): the corrector improves each sample with
 * the model's output for it, before the predictor takes the next step.
 *
 * @param picture whether the solver is in terms of the picture instead of the noise
 * @param exponential whether {@code B(h)} is {@code exp(h) − 1} instead of {@code h}
 * @param lowerOrderFinal whether the last steps have lower order
 * @param uncorrected indices of steps whose result is not corrected
 */
record UniPc(
        MultistepSchedules schedules,
        Prediction prediction,
        Clipping threshold,
        int order,
        boolean picture,
        boolean exponential,
        boolean lowerOrderFinal,
        Set<Integer> uncorrected)
        implements Scheduler {
    private static final int HIGHEST_ORDER = 9;

    static UniPc read(SchedulerConfig config) {
        NoiseSchedule training = NoiseSchedule.read(config).nearlyRescaledIfAsked(config);
        MultistepSchedules.requireNoFlow(config);
        config.requireOff("shift_terminal");
        config.requireOff("solver_p");
        Set<Integer> uncorrected = new HashSet<>();
        config.numbers("disable_corrector").forEach(step -> uncorrected.add(step.intValue()));
        UniPc solver = new UniPc(
                MultistepSchedules.read(config, training, training.steps(), SigmaSpacing.read(config)),
                Prediction.read(config),
                Clipping.readThreshold(config),
                config.count("solver_order", 2, 1, HIGHEST_ORDER),
                config.flag("predict_x0", true),
                !config.name("solver_type", "bh2", "bh1", "midpoint", "heun", "logrho")
                        .equals("bh1"),
                config.flag("lower_order_final", true),
                uncorrected);
        boolean removesAll = solver.picture && solver.exponential && (solver.lowerOrderFinal || solver.order == 1);
        if (!removesAll && !solver.schedules.toLeast()) {
            throw config.unexpected(
                    "final_sigmas_type",
                    "sigma_min, as all noise can be removed only with predict_x0, solver_type bh2 and"
                            + " lower_order_final");
        }
        return solver;
    }

    @Override
    public Sampler sampler(StepPlan plan) {
        double[] timesteps = schedules.timesteps(plan);
        double[] sigmas = schedules.sigmas(timesteps);
        double least = schedules.table().least();
        if (!schedules.ofTimesteps()) {
            double[] times = schedules.table().timesteps(sigmas);
            timesteps = schedules.sigmaSpacing() == SigmaSpacing.KARRAS ? Numbers.rounded(times) : Numbers.cut(times);
            least = sigmas[sigmas.length - 1];
        }
        return new Steps(Schedule.of(timesteps, Numbers.followedBy(sigmas, schedules.toLeast() ? least : 0)));
    }

    private final class Steps implements Sampler {
        private final Schedule schedule;
        /** Of the last steps, newest first. */
        private final List<float[]> predictions = new ArrayList<>();

        private float[] last;
        private int lastOrder;

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
            float[] predicted = predicted(schedule.point(step), output, sample);
            boolean corrected = last != null && !uncorrected.contains(step - 1);
            float[] from = corrected ? update(last, step - 1, lastOrder, predicted) : sample;
            predictions.add(0, predicted);
            if (predictions.size() > order) {
                predictions.remove(order);
            }
            int left = schedule.calls() - step;
            last = from;
            lastOrder = Math.min(predictions.size(), lowerOrderFinal ? Math.min(order, left) : order);
            return update(from, step, lastOrder, null);
        }

        /**
         * Goes from a step to the next, with the predictions of that step and those before.
         *
         * @param next the prediction at the next step, with which to correct; null if it is not known
         */
        private float[] update(float[] sample, int step, int steps, float[] next) {
            SigmaPoint from = schedule.point(step);
            SigmaPoint to = schedule.point(step + 1);
            double h = to.lambda() - from.lambda();
            double signed = picture ? -h : h;
            double scale = picture ? to.alpha() : to.sigma();
            double base = picture ? to.sigma() / from.sigma() : to.alpha() / from.alpha();
            float[] newest = predictions.get(0);
            Combination sum = Combination.of(base, sample).plus(-scale * Math.expm1(signed), newest);
            double[] ratios = new double[steps];
            for (int i = 1; i < steps; i++) {
                ratios[i - 1] = (schedule.point(step - i).lambda() - from.lambda()) / h;
            }
            ratios[steps - 1] = 1;
            double[] weights = UniPcWeights.of(ratios, signed, exponential, next != null);
            double factor = -scale * (exponential ? Math.expm1(signed) : signed);
            for (int i = 1; i < steps; i++) {
                double weight = factor * weights[i - 1] / ratios[i - 1];
                sum.plus(weight, predictions.get(i)).plus(-weight, newest);
            }
            if (next != null) {
                double weight = factor * weights[steps - 1];
                sum.plus(weight, next).plus(-weight, newest);
            }
            return sum.floats();
        }

        private float[] predicted(SigmaPoint at, float[] output, float[] sample) {
            return picture
                    ? threshold.apply(prediction.original(at.alpha(), at.sigma(), sample, output))
                    : prediction.noise(at.alpha(), at.sigma(), sample, output);
        }
    }
}
