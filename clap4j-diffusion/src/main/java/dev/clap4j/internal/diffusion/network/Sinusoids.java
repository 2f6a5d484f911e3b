package dev.clap4j.internal.diffusion.network;

/**
 * The embedding of numbers by sines and cosines of geometrically falling frequencies (Vaswani et al. 2017, section 3.5).
 *
 * @param dim the dimension of the embedding of a number
 * @param cosinesFirst whether the cosines stand before the sines
 * @param shift the number by which the count of frequencies is reduced in their exponents; 1 lets them fall to 1/10000
 */
public record Sinusoids(int dim, boolean cosinesFirst, double shift) {
    private static final double LONGEST_PERIOD = 10_000;

    /**
     * Embeds numbers, in 32-bit floats up to the angles.
     *
     * @return {@code dim} floats for each number; the last of an odd number is 0
     */
    public float[] embed(float[] numbers) {
        int half = dim / 2;
        float[] embedded = new float[numbers.length * dim];
        for (int i = 0; i < half; i++) {
            float exponent = (float) -Math.log(LONGEST_PERIOD) * i / (float) (half - shift);
            float frequency = (float) Math.exp(exponent);
            for (int row = 0; row < numbers.length; row++) {
                float angle = numbers[row] * frequency;
                int first = row * dim + i;
                embedded[cosinesFirst ? first + half : first] = (float) Math.sin(angle);
                embedded[cosinesFirst ? first : first + half] = (float) Math.cos(angle);
            }
        }
        return embedded;
    }
}
