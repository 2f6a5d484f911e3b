package dev.clap4j;

import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.tokenizer.BpeTrainer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;

/** A small model of random weights that knows a few words, with heads and images for it. */
public final class TinyClip {
    /** The dimension of its features. */
    public static final int DIMENSION = 64;

    private TinyClip() {}

    /** Writes the model into a new folder below another one. */
    public static Path write(Path folder) throws IOException {
        BpeTrainer vocabulary = new BpeTrainer();
        vocabulary.add("a photo of a dog, a cat and a red bicycle; a sketch of a bird");
        Path tokenizer = folder.resolve("tokenizer.json");
        Files.writeString(tokenizer, vocabulary.train(520));
        Path model = folder.resolve("tiny-clip");
        RandomCheckpoint.write("tiny", 1, Optional.of(tokenizer), model);
        return model;
    }

    /** A head of random weights with an alpha of 0.5 that fits any model of its dimension. */
    public static Head head(long seed) {
        return head(seed, DIMENSION);
    }

    /** A head of random weights with an alpha of 0.5 that fits any model of another dimension. */
    public static Head head(long seed, int dimension) {
        Random random = new Random(seed);
        ResidualMlp network = new ResidualMlp(dimension, 16, dimension, 0, Activation.SILU);
        List<TensorData> weights = new ArrayList<>();
        network.shapes().asMap().forEach((name, shape) -> {
            int size = 1;
            for (long extent : shape) {
                size *= (int) extent;
            }
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) random.nextGaussian() / 4;
            }
            weights.add(TensorData.of(name, values, shape));
        });
        return HeadAccess.of(network, HeadInfo.UNKNOWN.withAlpha(0.5f), weights);
    }

    /** Circles of different sizes and colours, as PNG files in a folder, {@code 000.png} and so on. */
    public static List<Path> images(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve(String.format("%03d.png", i));
            ImageIO.write(image(i), "png", file.toFile());
            files.add(file);
        }
        return files;
    }

    /** A circle. */
    public static BufferedImage image(int number) {
        BufferedImage image = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.getHSBColor(number * 0.13f, 0.8f, 0.9f));
        graphics.fillOval(number % 7, number % 5, 10 + number % 23, 10 + number % 19);
        graphics.dispose();
        return image;
    }
}
