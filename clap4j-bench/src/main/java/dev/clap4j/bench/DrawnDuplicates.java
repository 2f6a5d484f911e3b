package dev.clap4j.bench;

import dev.clap4j.Progress;
import dev.clap4j.iconworld.dataset.PictureBitmap;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.GlyphAtlas;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.paint.Painter;
import dev.clap4j.iconworld.scene.ImageType;
import dev.clap4j.iconworld.scene.Scene;
import dev.clap4j.iconworld.scene.SceneSampler;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Drawn pictures of which it is known what is a copy of what. Each drawing of each icon set appears in one scene. Names
 * begin with the number of the scene: {@code 12-…}.
 */
final class DrawnDuplicates {
    private static final int SIDE = 128;

    /** The styles in which a scene is drawn. */
    private static final int STYLES = 3;

    private final List<Concept> concepts;
    private final SceneSampler sampler;
    private final Painter painter;
    private final Random random;
    private final Path folder;

    private DrawnDuplicates(List<Concept> concepts, long seed, Path folder) throws IOException {
        this.concepts = concepts;
        List<IconSet> sets = List.of(IconSet.values());
        this.sampler = SceneSampler.even(concepts, sets, seed);
        this.painter = new Painter(GlyphAtlas.render(concepts, sets, Progress.NONE), SIDE);
        this.random = new Random(seed);
        this.folder = Files.createDirectories(folder);
    }

    /** Draws every scene in three of the eight styles, and nothing else. */
    static void restyled(List<Concept> concepts, long seed, Path folder) throws IOException {
        new DrawnDuplicates(concepts, seed, folder).restyled();
    }

    /**
     * Draws every scene once as {@code N-original.png}, again from elsewhere as {@code N-other.png}, which is no copy, and
     * writes copies of the first: {@code N-same…} with the same pixels, {@code N-copy…} with others.
     */
    static void copied(List<Concept> concepts, long seed, Path folder) throws IOException {
        new DrawnDuplicates(concepts, seed, folder).copied();
    }

    private List<Scene> scenes(long number) {
        List<Scene> scenes = new ArrayList<>();
        for (Concept concept : concepts) {
            for (IconSet set : IconSet.values()) {
                scenes.add(sampler.get(concept, set, number));
            }
        }
        return scenes;
    }

    private void restyled() throws IOException {
        List<Scene> scenes = scenes(0);
        for (int i = 0; i < scenes.size(); i++) {
            List<ImageType> types = new ArrayList<>(List.of(ImageType.values()));
            Collections.shuffle(types, random);
            for (ImageType type : types.subList(0, STYLES)) {
                write(paint(scenes.get(i), type), i + "-" + type);
            }
        }
    }

    private void copied() throws IOException {
        List<Scene> scenes = scenes(0);
        for (int i = 0; i < scenes.size(); i++) {
            Scene scene = scenes.get(i);
            ImageType type = scene.attributes().imageType();
            BufferedImage original = paint(scene, type);
            write(original, i + "-original");
            write(paint(sampler.get(scene.concept(), scene.iconSet(), scene.attributes(), 1), type), i + "-other");
            Files.copy(folder.resolve(i + "-original.png"), folder.resolve(i + "-same.png"));
            ImageIO.write(
                    original, "bmp", folder.resolve(i + "-same-pixels.bmp").toFile());
            for (int quality : List.of(30, 60, 90)) {
                jpeg(original, quality, i + "-copy-quality-" + quality);
            }
            for (int percent : List.of(50, 150)) {
                write(scaled(original, SIDE * percent / 100), i + "-copy-resized-" + percent);
            }
            for (int edge : List.of(2, 6)) {
                write(original.getSubimage(edge, edge, SIDE - 2 * edge, SIDE - 2 * edge), i + "-copy-cropped-" + edge);
            }
            jpeg(scaled(original, SIDE * 3 / 4), 50, i + "-copy-resized-75-quality-50");
        }
    }

    private BufferedImage paint(Scene scene, ImageType type) {
        Scene.Attributes drawn = scene.attributes();
        Scene restyled = new Scene(
                scene.concept(),
                scene.iconSet(),
                new Scene.Attributes(type, drawn.artStyle(), drawn.size(), drawn.colour()),
                scene.pose(),
                scene.seed());
        return PictureBitmap.of(painter.paint(restyled), SIDE).toImage();
    }

    private void write(BufferedImage image, String name) throws IOException {
        ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
    }

    private void jpeg(BufferedImage image, int quality, String name) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out =
                ImageIO.createImageOutputStream(folder.resolve(name + ".jpg").toFile())) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
    }

    private static BufferedImage scaled(BufferedImage image, int side) {
        BufferedImage scaled = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, side, side, null);
        graphics.dispose();
        return scaled;
    }
}
