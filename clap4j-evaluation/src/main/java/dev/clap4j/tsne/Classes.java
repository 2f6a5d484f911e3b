package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Arrays;

/** The classes of points. */
final class Classes {
    private Classes() {}

    /**
     * The number of points of each class.
     *
     * @throws IllegalArgumentException if there is not a label for each point, or fewer than two classes have points
     */
    static int[] sizes(FeatureMatrix points, int[] labels) {
        if (labels.length != points.rows()) {
            throw new IllegalArgumentException(points.rows() + " points with " + labels.length + " labels");
        }
        int[] sizes = new int[Arrays.stream(labels).max().orElse(-1) + 1];
        for (int label : labels) {
            sizes[label]++;
        }
        if (Arrays.stream(sizes).filter(size -> size > 0).count() < 2) {
            throw new IllegalArgumentException("Classes are told apart; there are fewer than two");
        }
        return sizes;
    }
}
