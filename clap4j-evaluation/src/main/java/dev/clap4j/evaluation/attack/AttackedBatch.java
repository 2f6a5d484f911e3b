package dev.clap4j.evaluation.attack;

import java.util.List;
import java.util.Map;

/**
 * The result of one attack on a batch of images, a line of {@code batches.jsonl}.
 *
 * @param method the method's name
 * @param domain the domain's name
 * @param attack the attack's name
 * @param batch the number of the batch in the domain
 * @param images the images' names below the data set's folder {@code [b]}
 * @param labels the true classes {@code [b]}
 * @param predicted the predicted classes {@code [b]}, by prompt, that of the attacked classifier first
 * @param zeroGradients the number of images whose gradient was zero everywhere
 * @param changes the largest change of a value of each image {@code [b]}, in the 256 levels of an image file
 * @param losses the images' summed loss before each step; empty if each image takes its own path
 */
public record AttackedBatch(
        String method,
        String domain,
        String attack,
        int batch,
        List<String> images,
        List<Integer> labels,
        Map<String, List<Integer>> predicted,
        int zeroGradients,
        List<Double> changes,
        List<Double> losses) {
    /**
     * Checks that every list matches the batch's images.
     *
     * @throws IllegalArgumentException if one is not
     */
    public AttackedBatch {
        int size = images.size();
        boolean fits = labels.size() == size && changes.size() == size && !predicted.isEmpty();
        if (!fits || predicted.values().stream().anyMatch(classes -> classes.size() != size)) {
            throw new IllegalArgumentException("A batch of " + size + " images has lists of other lengths");
        }
    }

    /** Returns the key of this result. */
    String key() {
        return key(method, domain, attack, batch);
    }

    /** Returns the key of a result. */
    static String key(String method, String domain, String attack, int batch) {
        return String.join("\n", method, domain, attack, String.valueOf(batch));
    }

    /** Returns the predictions of the attacked classifier. */
    List<Integer> answers() {
        return predicted.values().iterator().next();
    }

    /** Returns whether the attacked classifier is correct on an image. */
    boolean isRight(int image) {
        return answers().get(image).equals(labels.get(image));
    }
}
