package dev.clap4j.examples;

import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.feature.Neighbour;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds the images of a folder that are most similar to a text. Arguments: the folder, a file for the features, the text. */
public final class FindNeighbours {
    private FindNeighbours() {}

    /** Encodes the folder, saves the features and prints the five nearest images. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Path file = Path.of(arguments[1]);
        try (Clip clip = Clip.mini();
                Stream<FeatureMatrix> batches = clip.embed(Image.find(folder))) {
            FeatureMatrix images = FeatureMatrix.concat(batches.toList());
            images.save(file);
            for (Neighbour image :
                    images.nearest(clip.embedTexts(arguments[2]), 5).get(0)) {
                System.out.printf("%.3f  %s%n", image.similarity(), image.id());
            }
        }
    }
}
