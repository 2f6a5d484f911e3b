package dev.clap4j.internal.diffusion.scheduler;

import java.util.List;

/**
 * The part of the picture that is left at each step of training, <code>ᾱ<sub>t</sub></code>: the products of
 * <code>1 − β<sub>t</sub></code> (Ho et al. 2020, <a href="https://arxiv.org/abs/2006.11239">arXiv:2006.11239</a>,
 * equation 4), in single precision as models are trained with it.
 *
 * @param alphas the products, descending, one for each step of training
 */
record NoiseSchedule(float[] alphas) {
    private static final int MOST_STEPS = 100_000;

    /** The remainder of the picture where none should be left but its square root is a divisor. */
    private static final float NEARLY_NOTHING = 0x1p-24f;

    /** The betas of DDPM, where a configuration does not say. */
    static NoiseSchedule read(SchedulerConfig config) {
        return read(config, 0.0001, 0.02, "linear");
    }

    static NoiseSchedule read(SchedulerConfig config, double start, double end, String shape) {
        int steps = config.count("num_train_timesteps", 1000, 1, MOST_STEPS);
        List<Double> trained = config.numbers("trained_betas");
        double first = config.number("beta_start", start, 0);
        double last = config.number("beta_end", end, 0);
        String curve = config.name("beta_schedule", shape, "linear", "scaled_linear", "squaredcos_cap_v2");
        float[] betas = trained.isEmpty() ? betas(curve, first, last, steps) : floats(trained);
        if (betas.length != steps) {
            throw config.invalid("trained_betas are " + betas.length + ", but num_train_timesteps is " + steps);
        }
        for (float beta : betas) {
            if (!(beta >= 0 && beta < 1)) {
                throw config.invalid("the betas should be from 0 to below 1, but one is " + beta
                        + "; correct beta_start, beta_end or trained_betas");
            }
        }
        return new NoiseSchedule(products(betas));
    }

    private static float[] floats(List<Double> values) {
        return Numbers.floats(values.stream().mapToDouble(value -> value).toArray());
    }

    private static float[] betas(String curve, double first, double last, int steps) {
        return switch (curve) {
            case "linear" -> line(first, last, steps);
            case "scaled_linear" -> {
                float[] roots = line(Math.sqrt(first), Math.sqrt(last), steps);
                for (int i = 0; i < steps; i++) {
                    roots[i] *= roots[i];
                }
                yield roots;
            }
            default -> cosine(steps);
        };
    }

    /** Evenly spaced numbers in single precision, from both ends to the middle. */
    private static float[] line(double first, double last, int count) {
        float from = (float) first;
        float to = (float) last;
        float step = count == 1 ? 0 : (to - from) / (count - 1);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i < count / 2 || count == 1 ? from + step * i : to - step * (count - i - 1);
        }
        return values;
    }

    /** The cosine of Nichol and Dhariwal 2021, <a href="https://arxiv.org/abs/2102.09672">arXiv:2102.09672</a>, eq. 17. */
    private static float[] cosine(int steps) {
        float[] betas = new float[steps];
        for (int i = 0; i < steps; i++) {
            double ratio = cosine((i + 1.0) / steps) / cosine((double) i / steps);
            betas[i] = (float) Math.min(1 - ratio, 0.999);
        }
        return betas;
    }

    private static double cosine(double time) {
        double cosine = Math.cos((time + 0.008) / 1.008 * Math.PI / 2);
        return cosine * cosine;
    }

    private static float[] products(float[] betas) {
        float[] products = new float[betas.length];
        double product = 1;
        for (int i = 0; i < betas.length; i++) {
            product *= 1 - betas[i];
            products[i] = (float) product;
        }
        return products;
    }

    /**
     * Returns the schedule that ends in pure noise, if the configuration asks for it with
     * {@code rescale_betas_zero_snr}: Lin et al. 2024, <a href="https://arxiv.org/abs/2305.08891">arXiv:2305.08891</a>,
     * Algorithm 1.
     */
    NoiseSchedule rescaledIfAsked(SchedulerConfig config) {
        return config.flag("rescale_betas_zero_snr", false) ? rescaled() : this;
    }

    /** Like {@link #rescaledIfAsked}, but with a trace of the picture left, so that sigma is finite. */
    NoiseSchedule nearlyRescaledIfAsked(SchedulerConfig config) {
        if (!config.flag("rescale_betas_zero_snr", false)) {
            return this;
        }
        float[] changed = rescaled().alphas;
        changed[changed.length - 1] = NEARLY_NOTHING;
        return new NoiseSchedule(changed);
    }

    private NoiseSchedule rescaled() {
        int steps = alphas.length;
        float[] roots = new float[steps];
        for (int i = 0; i < steps; i++) {
            roots[i] = (float) Math.sqrt(alphas[i]);
        }
        float last = roots[steps - 1];
        float scale = roots[0] / (roots[0] - last);
        float before = 1;
        float[] betas = new float[steps];
        for (int i = 0; i < steps; i++) {
            float root = (roots[i] - last) * scale;
            float alpha = root * root;
            betas[i] = 1 - (i == 0 ? alpha : alpha / before);
            before = alpha;
        }
        return new NoiseSchedule(products(betas));
    }

    /** Returns the number of steps of training. */
    int steps() {
        return alphas.length;
    }

    double alpha(int timestep) {
        return alphas[timestep];
    }

    /** Returns the picture with the noise of a time: equation 4. */
    float[] noised(int timestep, float[] original, float[] noise) {
        double alpha = alphas[timestep];
        return Combination.of(Math.sqrt(alpha), original)
                .plus(Math.sqrt(1 - alpha), noise)
                .floats();
    }
}
