package dev.clap4j;

import java.util.List;
import java.util.Optional;

/**
 * The classification of an image.
 *
 * @param image the image's id
 * @param predictions all classes, most probable first
 */
public record Classification(String image, List<Prediction> predictions) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public Classification {
        predictions = List.copyOf(predictions);
        if (predictions.isEmpty()) {
            throw new IllegalArgumentException("A classification has at least one class");
        }
    }

    /** Returns the most probable class. */
    public Prediction best() {
        return predictions.get(0);
    }

    /**
     * Returns the most probable class if its probability reaches a threshold.
     *
     * @param threshold the least probability, 0 to 1
     * @return empty for "none of these"
     * @throws ClapException if the threshold is not from 0 to 1
     */
    public Optional<Prediction> best(double threshold) {
        return top(1, threshold).stream().findFirst();
    }

    /**
     * Returns the most probable classes, best first.
     *
     * @param k the number of classes, at least 1; all classes are returned if there are fewer
     * @throws ClapException if {@code k} is below 1
     */
    public List<Prediction> top(int k) {
        if (k < 1) {
            throw new ClapException("The number of best classes should be at least 1, not " + k);
        }
        return predictions.subList(0, Math.min(k, predictions.size()));
    }

    /**
     * Returns the most probable classes whose probabilities reach a threshold, best first.
     *
     * @param k the number of classes, at least 1
     * @param threshold the least probability, 0 to 1
     * @return at most {@code k} classes, possibly none
     * @throws ClapException if {@code k} is below 1, or the threshold is not from 0 to 1
     */
    public List<Prediction> top(int k, double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new ClapException("The threshold is a probability from 0 to 1, not " + threshold);
        }
        return top(k).stream()
                .filter(prediction -> prediction.probability() >= threshold)
                .toList();
    }

    /**
     * Returns the probability of a class, 0 to 1.
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
