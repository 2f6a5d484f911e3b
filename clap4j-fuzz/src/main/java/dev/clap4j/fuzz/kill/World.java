package dev.clap4j.fuzz.kill;

import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.tokenizer.BpeTrainer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** The inputs of the commands (a small untrained model, a head, images and a grid), and the commands. */
final class World {
    /** The folder name, beside the folders in which commands run. */
    static final String FOLDER = "world";

    /** The relative path from these folders. */
    private static final String HERE = "../../" + FOLDER + "/";

    private static final int DIM = 64;
    private static final int IMAGES = 20;

    /** The number of images, large enough that encoding can be interrupted. */
    private static final int MANY = 1200;

    private static final int SIDE = 24;
    private static final int VOCABULARY = 530;

    private static final String GRID = """
            options: {steps: 40, check-every: 10, noise-vectors: 0, batch: 4, latent: 8}
            grid: {tau: [0.1, 0.5]}
            alpha: [0.5]
            """;

    /** The files of a training run that change as it proceeds. */
    private static final List<String> CHANGING = List.of("checkpoint.safetensors", "head.safetensors");

    private World() {}

    /** Writes the inputs into a folder that will also hold the folders of runs. */
    static void write(Path folder) throws IOException {
        Path world = Files.createDirectories(folder.resolve(FOLDER));
        BpeTrainer vocabulary = new BpeTrainer();
        vocabulary.add("a photo of a dog, a cat and a horse");
        Path tokenizer = world.resolve("tokenizer.json");
        Files.writeString(tokenizer, vocabulary.train(VOCABULARY));
        RandomCheckpoint.write("tiny", 1, Optional.of(tokenizer), world.resolve("model"));
        head().save(world.resolve("head.safetensors"));
        Files.writeString(world.resolve("sweep.yaml"), GRID);
        SplittableRandom random = new SplittableRandom(1);
        for (String domain : List.of("photo", "sketch")) {
            for (String name : List.of("cat", "dog")) {
                draw(world.resolve("data").resolve(domain).resolve(name), IMAGES, random);
            }
        }
        draw(world.resolve("many"), MANY, random);
    }

    private static void draw(Path folder, int count, SplittableRandom random) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            ImageIO.write(noise(random), "png", folder.resolve(i + ".png").toFile());
        }
    }

    private static BufferedImage noise(SplittableRandom random) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    private static Head head() {
        ResidualMlp network = new ResidualMlp(DIM, 16, DIM, 0, Activation.SILU);
        SplittableRandom random = new SplittableRandom(2);
        List<TensorData> weights = new ArrayList<>();
        network.shapes().asMap().forEach((name, shape) -> {
            float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-0.5, 0.5);
            }
            weights.add(TensorData.of(name, values, shape));
        });
        HeadInfo info = new HeadInfo(0.5f, "tiny", "", List.of(), "", Map.of(), null, Map.of());
        return HeadAccess.of(network, info, weights);
    }

    /** Returns the commands, each with the way to resume it. */
    static List<Command> commands() {
        String model = " --model " + HERE + "model";
        String head = " --head " + HERE + "head.safetensors";
        String data = " --data " + HERE + "data";
        String run = "out/run.json";
        return List.of(
                new Command(
                        "train" + model + " --classes dog,cat,horse --steps 200 --check-every 20 --batch 8 --latent 8",
                        "out",
                        run,
                        training("out/"),
                        List.of("out/features/*.safetensors")),
                new Command(
                        "embed --images " + HERE + "many",
                        "out/features.npy",
                        "out/features.npy.unfinished",
                        Map.of(),
                        List.of("out/features.npy.unfinished")),
                new Command(
                        "shards",
                        "embed --images " + HERE + "many --shard 100",
                        "out/features.npy",
                        "out/features.npy.shards",
                        Map.of(),
                        List.of()),
                Command.repeated("export" + model + head + " --classes dog,cat"),
                evaluation("zeroshot" + model + head + data),
                evaluation("mixed" + model + head + data + " --draws 5"),
                evaluation("fewshot" + model + head + data + " --shots 1,2 --seeds 2"),
                evaluation("attack" + model + head + data + " --limit 6 --attacks fgsm,pgd"),
                evaluation("retrieval" + model + head + data),
                evaluation("tsne" + model + head + data + " --perplexity 5 --iterations 250"),
                evaluation("variance" + model + head + data),
                new Command(
                        "sweep " + HERE + "sweep.yaml" + model + data,
                        "out",
                        run,
                        sweeping(),
                        List.of("out/heads/**/features/*.safetensors")),
                Command.repeated("synthesize --classes dog,cat,horse --prompts 160 --per-prompt 3 --size 32"),
                Command.repeated("iconworld build --concepts 3 --per-class 4 --image-size 32 --sets unseen"));
    }

    private static Command evaluation(String line) {
        return new Command(line, "out", "out/run.json", Map.of("out/cells.jsonl", Comparison.RESULTS), List.of());
    }

    private static Map<String, Comparison> training(String folder) {
        Map<String, Comparison> comparisons = new HashMap<>();
        CHANGING.forEach(name -> comparisons.put(folder + name, Comparison.STATE));
        comparisons.put(folder + "metrics.jsonl", Comparison.STEPS);
        return comparisons;
    }

    private static Map<String, Comparison> sweeping() {
        Map<String, Comparison> comparisons = training("out/heads/**/");
        comparisons.put("out/cells.jsonl", Comparison.RESULTS);
        return comparisons;
    }
}
