package dev.clap4j.plot;

import dev.clap4j.feature.FeatureMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Points that belong together, such as the images of a class.
 *
 * @param name the legend entry; equal names share a style in all panels
 * @param places {@code [n, 2]}, x and y of each point; n may be 0
 */
public record Cloud(String name, FeatureMatrix places) {
    /**
     * Checks the dimension.
     *
     * @throws IllegalArgumentException if it is not two
     */
    public Cloud {
        if (places.dim() != 2) {
            throw new IllegalArgumentException("A cloud is drawn in two dimensions, not " + places.dim());
        }
    }

    /**
     * Returns a cloud for each class, even if it has no points, so that the style of a class is the same on every map.
     *
     * @param places {@code [n, 2]}
     * @param labels {@code [n]}, the class index of each point
     * @param classes the names of all classes
     */
    public static List<Cloud> byClass(FeatureMatrix places, int[] labels, List<String> classes) {
        List<Cloud> clouds = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            int wanted = label;
            int[] rows = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == wanted)
                    .toArray();
            clouds.add(new Cloud(classes.get(label), places.select(rows)));
        }
        return clouds;
    }
}
