package dev.clap4j;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * A data set of the layout and size of a sample of PACS, drawn: four domains of seven classes with twelve pictures each, {@code
 * DOMAIN/CLASS/NUMBER.jpg}, PNG files for sketches. A class has a polygon of its own number of corners, a domain its own
 * colours, outlines and noise.
 */
public final class SamplePictures {
    /** The classes, in order. */
    public static final List<String> CLASSES =
            List.of("dog", "elephant", "giraffe", "guitar", "horse", "house", "person");

    /** The domains, in order. */
    public static final List<String> DOMAINS = List.of("art_painting", "cartoon", "photo", "sketch");

    /** The name of the data set's folder. */
    public static final String NAME = "pictures";

    private static final int EACH = 12;
    private static final int SIZE = 96;

    private static Path folder;

    private SamplePictures() {}

    /** The folder of the data set; deleted at the end of the tests. */
    public static synchronized Path folder() {
        if (folder == null) {
            Path made = SampleFolder.create("pictures").resolve(NAME);
            for (String domain : DOMAINS) {
                for (String name : CLASSES) {
                    for (int i = 0; i < EACH; i++) {
                        write(made, domain, name, i);
                    }
                }
            }
            folder = made;
        }
        return folder;
    }

    /** A folder of the data set, for instance {@code folder("photo/dog")}. */
    public static Path folder(String relative) {
        return folder().resolve(relative);
    }

    private static void write(Path root, String domain, String name, int number) {
        String format = domain.equals("sketch") ? "png" : "jpg";
        Path file = root.resolve("%s/%s/pic_%03d.%s".formatted(domain, name, number, format));
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(draw(domain, name, number), format, file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Draws a picture. */
    public static BufferedImage draw(String domain, String name, int number) {
        Random random = new Random(31L * (31L * domain.hashCode() + name.hashCode()) + number);
        boolean sketch = domain.equals("sketch");
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(sketch ? Color.WHITE : Color.getHSBColor(random.nextFloat(), 0.3f, 0.9f));
        graphics.fillRect(0, 0, SIZE, SIZE);
        Shape shape = polygon(3 + CLASSES.indexOf(name), random);
        if (!sketch) {
            graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.8f, 0.6f));
            graphics.fill(shape);
        }
        if (!domain.equals("photo")) {
            graphics.setColor(Color.BLACK);
            graphics.setStroke(new BasicStroke(domain.equals("cartoon") ? 4 : 2));
            graphics.draw(shape);
        }
        graphics.dispose();
        if (!sketch && !domain.equals("cartoon")) {
            addNoise(image, random, domain.equals("photo") ? 12 : 40);
        }
        return image;
    }

    private static Polygon polygon(int corners, Random random) {
        Polygon polygon = new Polygon();
        double turn = random.nextDouble();
        double radius = SIZE * (0.25 + 0.2 * random.nextDouble());
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * (i + turn) / corners;
            polygon.addPoint(
                    (int) (SIZE / 2.0 + radius * Math.cos(angle)), (int) (SIZE / 2.0 + radius * Math.sin(angle)));
        }
        return polygon;
    }

    private static void addNoise(BufferedImage image, Random random, double deviation) {
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int rgb = 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    int value = (image.getRGB(x, y) >> shift & 0xFF) + (int) (deviation * random.nextGaussian());
                    rgb |= Math.max(0, Math.min(255, value)) << shift;
                }
                image.setRGB(x, y, rgb);
            }
        }
    }
}
