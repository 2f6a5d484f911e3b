package dev.clap4j.examples;

import dev.clap4j.Classifier;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Classifies images given as bytes, as from a web request. Arguments: image files. */
public final class ClassifyBytes {
    private ClassifyBytes() {}

    /** Prints the most probable class of each image. */
    public static void main(String[] arguments) throws IOException {
        try (Clip clip = Clip.mini()) {
            Classifier classifier = clip.classifier("dog", "cat", "car", "guitar");
            for (String file : arguments) {
                byte[] bytes = Files.readAllBytes(Path.of(file));
                System.out.println(
                        classifier.classify(Image.of(bytes).named(file)).best());
            }
        }
    }
}
