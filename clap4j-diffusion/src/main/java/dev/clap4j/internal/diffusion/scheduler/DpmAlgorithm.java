package dev.clap4j.internal.diffusion.scheduler;

/**
 * The equation that DPM-Solver solves: in the predicted picture or noise, without or with new noise at each step. Its
 * exact solution, expanded in the derivatives of the prediction by {@code λ = log(α / σ)}, gives the weights of a step:
 * Lu et al. 2022, <a href="https://arxiv.org/abs/2206.00927">arXiv:2206.00927</a>, section 3 (noise), and
 * <a href="https://arxiv.org/abs/2211.01095">arXiv:2211.01095</a>, section 4 (picture) and appendix (with new noise).
 */
enum DpmAlgorithm {
    DPM_SOLVER {
        @Override
        Weights weights(double alpha, double sigma, double alphaBefore, double sigmaBefore, double h) {
            return new Weights(
                    alpha / alphaBefore,
                    -sigma * Math.expm1(h),
                    -sigma * (Math.expm1(h) / h - 1),
                    -sigma * ((Math.expm1(h) - h) / (h * h) - 0.5),
                    0);
        }
    },
    DPM_SOLVER_PP {
        @Override
        Weights weights(double alpha, double sigma, double alphaBefore, double sigmaBefore, double h) {
            return new Weights(
                    sigma / sigmaBefore,
                    -alpha * Math.expm1(-h),
                    alpha * (Math.expm1(-h) / h + 1),
                    -alpha * ((Math.expm1(-h) + h) / (h * h) - 0.5),
                    0);
        }
    },
    SDE_DPM_SOLVER {
        @Override
        Weights weights(double alpha, double sigma, double alphaBefore, double sigmaBefore, double h) {
            return new Weights(
                    alpha / alphaBefore,
                    -2 * sigma * Math.expm1(h),
                    -2 * sigma * (Math.expm1(h) / h - 1),
                    Double.NaN,
                    sigma * Math.sqrt(Math.expm1(2 * h)));
        }
    },
    SDE_DPM_SOLVER_PP {
        @Override
        Weights weights(double alpha, double sigma, double alphaBefore, double sigmaBefore, double h) {
            return new Weights(
                    sigma / sigmaBefore * Math.exp(-h),
                    -alpha * Math.expm1(-2 * h),
                    alpha * (Math.expm1(-2 * h) / (2 * h) + 1),
                    alpha * ((-Math.expm1(-2 * h) - 2 * h) / (4 * h * h) - 0.5),
                    sigma * Math.sqrt(-Math.expm1(-2 * h)));
        }
    };

    /**
     * The weights of a step.
     *
     * @param sample the weight of the sample
     * @param value that of the prediction; its half is that of the first derivative in the midpoint rule
     * @param slope that of the first derivative in Heun's rule and in third order
     * @param curvature that of the second derivative; NaN if there is none
     * @param noise that of new noise; 0 if the algorithm adds none
     */
    record Weights(double sample, double value, double slope, double curvature, double noise) {}

    abstract Weights weights(double alpha, double sigma, double alphaBefore, double sigmaBefore, double h);

    /** Returns whether the algorithm integrates predictions of the picture rather than of the noise. */
    boolean predictsPicture() {
        return this == DPM_SOLVER_PP || this == SDE_DPM_SOLVER_PP;
    }

    boolean addsNoise() {
        return this == SDE_DPM_SOLVER || this == SDE_DPM_SOLVER_PP;
    }

    static DpmAlgorithm read(SchedulerConfig config) {
        return switch (config.name(
                "algorithm_type", "dpmsolver++", "dpmsolver", "sde-dpmsolver", "sde-dpmsolver++", "deis")) {
            case "dpmsolver" -> DPM_SOLVER;
            case "sde-dpmsolver" -> SDE_DPM_SOLVER;
            case "sde-dpmsolver++" -> SDE_DPM_SOLVER_PP;
            default -> DPM_SOLVER_PP;
        };
    }
}
