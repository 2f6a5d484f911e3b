package dev.clap4j.examples;

import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.feature.FeatureMatrix;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds the images of a folder that are most similar to a text. Arguments: the folder, a file for the features. */
public final class FindNeighbours {
    private FindNeighbours() {}

    /** Encodes the folder, saves the features and prints the five nearest images. */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        Path file = Path.of(args[1]);
        try (Clip clip = Clip.mini()) {
            try (Stream<FeatureMatrix> batches = clip.embed(Image.find(folder))) {
                FeatureMatrix gallery = FeatureMatrix.concat(batches.toList());
                gallery.save(file);
                gallery.nearest(clip.embedTexts("a red bicycle"), 5).get(0).forEach(System.out::println);
            }
        }
    }
}
