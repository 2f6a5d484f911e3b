package dev.clap4j.internal.diffusion.scheduler;

import dev.clap4j.ClapException;

/** The steps that a caller asks for. */
public sealed interface StepPlan {
    /** Returns a number of steps, spaced as the scheduler is configured. */
    static StepPlan of(int steps) {
        return new Count(steps);
    }

    /**
     * A number of steps.
     *
     * @param steps at least 1
     */
    record Count(int steps) implements StepPlan {
        public Count {
            require(steps);
        }
    }

    /**
     * Steps of a distilled model (LCM), chosen among those of its distillation.
     *
     * @param steps at least 1
     * @param originalSteps the number of steps of the distillation; 0 for the configured one
     * @param strength the part of them to choose from, those with least noise; 1 for all
     */
    record Distilled(int steps, int originalSteps, double strength) implements StepPlan {
        public Distilled {
            require(steps);
            if (originalSteps < 0) {
                throw new ClapException("The original steps should be at least 1, but are " + originalSteps);
            }
            if (!(strength > 0 && strength <= 1)) {
                throw new ClapException("The strength should be above 0 and at most 1, but is " + strength);
            }
        }
    }

    /**
     * Steps at given times.
     *
     * @param timesteps in descending order
     */
    record Timesteps(double[] timesteps) implements StepPlan {
        public Timesteps {
            require(timesteps.length);
        }

        /** Returns the times, whole numbers or fractions below a number of steps of training. */
        double[] below(int trainSteps) {
            for (int i = 0; i < timesteps.length; i++) {
                double above = i == 0 ? trainSteps : timesteps[i - 1];
                if (!(timesteps[i] >= 0 && timesteps[i] < above)) {
                    throw new ClapException("Timesteps should descend from below " + trainSteps
                            + " to 0 at least, but one is " + timesteps[i]);
                }
            }
            return timesteps;
        }
    }

    /**
     * Steps between given amounts of noise.
     *
     * @param sigmas in descending order, that after the last step included
     */
    record Sigmas(double[] sigmas) implements StepPlan {
        public Sigmas {
            require(sigmas.length - 1);
        }
    }

    private static void require(int steps) {
        if (steps < 1) {
            throw new ClapException("The number of steps should be at least 1, but is " + steps);
        }
    }
}
