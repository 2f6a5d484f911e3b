package dev.clap4j.examples;

import dev.clap4j.Classifier;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Classifies an image given as bytes, as from a web request. Argument: an image file. */
public final class ClassifyBytes {
    private ClassifyBytes() {}

    /** Prints the most probable class and its probability. */
    public static void main(String[] args) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(args[0]));
        try (Clip clip = Clip.mini()) {
            Classifier classifier = clip.classifier("dog", "cat", "horse");
            Prediction best = classifier.classify(Image.of(bytes)).best();
            System.out.printf("%s %.1f %%%n", best.className(), 100 * best.probability());
        }
    }
}
