package dev.clap4j.fuzz.stress;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.BpeTrainer;
import dev.clap4j.internal.tokenizer.Overflow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A small untrained model with its expected answers.
 *
 * @param folder its checkpoint
 * @param images the images to encode
 * @param right the features expected for each use
 */
record StressModel(Path folder, List<Path> images, Map<Use, float[]> right) {
    /** Parts of another size may round differently. */
    private static final float TOLERANCE = 1e-3f;

    private static final int IMAGES = 20;
    private static final int VOCABULARY = 520;

    /** Writes two models into a folder. */
    static List<StressModel> write(Path folder) throws IOException {
        BpeTrainer vocabulary = new BpeTrainer();
        vocabulary.add("a photo of a dog and a cat");
        Path tokenizer = folder.resolve("tokenizer.json");
        Files.writeString(tokenizer, vocabulary.train(VOCABULARY));
        Path image = folder.resolve("image.png");
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        List<Path> images = Collections.nCopies(IMAGES, image);
        return List.of(
                write(folder.resolve("1"), 1, tokenizer, images), write(folder.resolve("2"), 2, tokenizer, images));
    }

    private static StressModel write(Path folder, long seed, Path tokenizer, List<Path> images) {
        RandomCheckpoint.write("tiny", seed, Optional.of(tokenizer), folder);
        Map<Use, float[]> right = new EnumMap<>(Use.class);
        StressModel model = new StressModel(folder, images, right);
        try (ClipModel clip = model.open()) {
            for (Use use : Use.values()) {
                right.put(use, use.of(clip, model));
            }
        }
        return model;
    }

    /** Opens the model once more. */
    ClipModel open() {
        return ClipModel.of(Checkpoint.open(folder), OrtEngine.create(2), Overflow.ERROR);
    }

    /** Returns whether an answer is correct. */
    boolean isRight(Use use, float[] answer) {
        float[] expected = right.get(use);
        if (answer.length != expected.length) {
            return false;
        }
        for (int i = 0; i < answer.length; i++) {
            if (!(Math.abs(answer[i] - expected[i]) <= TOLERANCE)) {
                return false;
            }
        }
        return true;
    }
}
