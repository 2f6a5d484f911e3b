package dev.clap4j.pretraining;

import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTransformer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Pictures of one coloured shape each on a dark ground, with captions that name both: the simplest world that a CLIP
 * model can learn.
 */
final class ShapesWorld implements CaptionedImages {
    static final int SIZE = 32;

    private static final Map<String, Color> COLOURS = Map.of(
            "blue", Color.BLUE,
            "green", Color.GREEN,
            "red", Color.RED,
            "yellow", Color.YELLOW);

    private static final List<String> COLOUR_NAMES =
            COLOURS.keySet().stream().sorted().toList();
    private static final List<String> SHAPES = List.of("circle", "cross", "square");

    private static final String[] TEMPLATES = {"a %s %s", "a picture of a %s %s", "the %s %s"};

    /** The contents of a picture, as in {@code red circle}. */
    static List<String> classes() {
        return COLOUR_NAMES.stream()
                .flatMap(colour -> SHAPES.stream().map(shape -> colour + " " + shape))
                .toList();
    }

    /** The class of a sample, by its place in {@link #classes}. */
    static int label(long index) {
        return new SplittableRandom(index).nextInt(COLOUR_NAMES.size() * SHAPES.size());
    }

    /** A residual network small enough for tests. */
    static ClipArchitecture residual() {
        return new ClipArchitecture(new ModifiedResNet(SIZE, 8, List.of(1, 1, 1, 1), 4, 32), text());
    }

    /** A vision transformer small enough for tests. */
    static ClipArchitecture transformer() {
        return new ClipArchitecture(
                new VisionTransformer(SIZE, 8, 64, 2, 1, 128, 32, Activation.QUICK_GELU, 1e-5f), text());
    }

    private static TextTransformer text() {
        return new TextTransformer(12, 600, 64, 1, 1, 128, 32, Activation.QUICK_GELU, 1e-5f);
    }

    /** Options of a short run. */
    static PretrainOptions options(ClipArchitecture architecture, int steps) {
        PretrainOptions base = PretrainOptions.of("tiny");
        return new PretrainOptions(
                "shapes",
                architecture,
                steps,
                32,
                2e-3,
                Math.min(10, steps),
                base.weightDecay(),
                base.beta1(),
                base.beta2(),
                base.epsilon(),
                base.maxGradientNorm(),
                600,
                1,
                2,
                1000);
    }

    /** Both kinds of networks. */
    static Stream<ClipArchitecture> architectures() {
        return Stream.of(residual(), transformer());
    }

    @Override
    public int imageSize() {
        return SIZE;
    }

    @Override
    public String caption(long index) {
        String[] words = classes().get(label(index)).split(" ", 2);
        return String.format(TEMPLATES[(int) (index % TEMPLATES.length)], words[0], words[1]);
    }

    static BufferedImage picture(long index) {
        RandomGenerator random = new SplittableRandom(index);
        String[] words = classes()
                .get(random.nextInt(COLOUR_NAMES.size() * SHAPES.size()))
                .split(" ", 2);
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(random.nextInt(70), random.nextInt(70), random.nextInt(70)));
        graphics.fillRect(0, 0, SIZE, SIZE);
        graphics.setColor(COLOURS.get(words[0]));
        int side = 14 + random.nextInt(14);
        int x = random.nextInt(SIZE - side);
        int y = random.nextInt(SIZE - side);
        switch (words[1]) {
            case "circle" -> graphics.fillOval(x, y, side, side);
            case "square" -> graphics.fillRect(x, y, side, side);
            default -> {
                graphics.fillRect(x, y + side / 3, side, side / 3);
                graphics.fillRect(x + side / 3, y, side / 3, side);
            }
        }
        graphics.dispose();
        return image;
    }

    @Override
    public byte[] pixels(long index) {
        BufferedImage image = picture(index);
        byte[] planes = new byte[3 * SIZE * SIZE];
        for (int i = 0; i < SIZE * SIZE; i++) {
            int rgb = image.getRGB(i % SIZE, i / SIZE);
            for (int c = 0; c < 3; c++) {
                planes[c * SIZE * SIZE + i] = (byte) (rgb >> (16 - 8 * c));
            }
        }
        return planes;
    }

    @Override
    public Map<String, String> describe() {
        return Map.of("kind", "shapes");
    }
}
