package dev.clap4j;

import java.util.List;

/**
 * How an image was classified.
 *
 * @param image the image's id
 * @param predictions all classes, the most probable first
 */
public record Classification(String image, List<Prediction> predictions) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no class
     */
    public Classification {
        predictions = List.copyOf(predictions);
        if (predictions.isEmpty()) {
            throw new IllegalArgumentException("A classification has at least one class");
        }
    }

    /** The most probable class. */
    public Prediction best() {
        return predictions.get(0);
    }

    /**
     * The most probable classes, best first.
     *
     * @param k at least 1; all classes if there are fewer
     * @throws ClapException if {@code k} is below 1
     */
    public List<Prediction> top(int k) {
        if (k < 1) {
            throw new ClapException("The number of best classes should be at least 1, not " + k);
        }
        return predictions.subList(0, Math.min(k, predictions.size()));
    }

    /**
     * The probability of a class, 0 to 1.
     *
     * @throws ClapException if it is not one of the classes
     */
    public float probability(String className) {
        return predictions.stream()
                .filter(prediction -> prediction.className().equals(className))
                .findFirst()
                .orElseThrow(() -> new ClapException("\"" + className + "\" is not one of the classes"))
                .probability();
    }
}
