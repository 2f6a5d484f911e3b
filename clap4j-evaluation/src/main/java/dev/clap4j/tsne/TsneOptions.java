package dev.clap4j.tsne;

import dev.clap4j.ClapException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The options of a map.
 *
 * @param perplexity about how many neighbours each point has; more than 1
 * @param iterations steps of gradient descent, at least 1
 * @param seed where all randomness comes from
 */
public record TsneOptions(double perplexity, int iterations, long seed) {
    /** Perplexity 30 as in the paper; the usual defaults otherwise. */
    public static final TsneOptions DEFAULTS = new TsneOptions(30, 1000, 0);

    /**
     * Checks the ranges.
     *
     * @throws ClapException if a value is out of its range
     */
    public TsneOptions {
        if (!(perplexity > 1) || !Double.isFinite(perplexity)) {
            throw new ClapException("The perplexity of t-SNE is a number above 1, usually 5 to 50, not " + perplexity);
        }
        if (iterations < 1) {
            throw new ClapException("t-SNE takes at least one iteration, not " + iterations);
        }
    }

    /** Returns the options, by the names of the command line. */
    public Map<String, String> describe() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("perplexity", String.valueOf(perplexity));
        options.put("iterations", String.valueOf(iterations));
        options.put("seed", String.valueOf(seed));
        return options;
    }

    /**
     * Makes sure that there are enough points.
     *
     * @throws ClapException if there are less than twice as many as the perplexity
     */
    public void requirePoints(int points) {
        if (points < 2 * perplexity) {
            throw new ClapException("t-SNE with perplexity " + perplexity + " needs at least "
                    + (int) Math.ceil(2 * perplexity) + " points, but there are " + points
                    + "; take more images or a lower perplexity");
        }
    }
}
