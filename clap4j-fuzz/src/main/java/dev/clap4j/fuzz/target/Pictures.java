package dev.clap4j.fuzz.target;

import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.Preprocessing;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures of all formats. Java writes some; the others are resources written by Pillow from the same gradient. */
final class Pictures {
    private static final int WIDTH = 24;
    private static final int HEIGHT = 20;

    private Pictures() {}

    static List<Input> png() {
        List<Input> seeds = new ArrayList<>();
        for (int type : new int[] {
            BufferedImage.TYPE_INT_RGB,
            BufferedImage.TYPE_INT_ARGB,
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_BYTE_BINARY
        }) {
            seeds.add(Input.of("picture.png", write("png", type, false)));
        }
        seeds.add(Input.of("picture.png", write("png", BufferedImage.TYPE_INT_RGB, true)));
        return seeds;
    }

    static List<Input> jpeg() {
        List<Input> seeds = resources("picture.jpg", "cmyk.jpg", "progressive.jpg", "restart.jpg");
        seeds.add(Input.of("picture.jpg", write("jpeg", BufferedImage.TYPE_INT_RGB, false)));
        seeds.add(Input.of("picture.jpg", write("jpeg", BufferedImage.TYPE_BYTE_GRAY, false)));
        seeds.add(Input.of("picture.jpg", write("jpeg", BufferedImage.TYPE_INT_RGB, true)));
        return seeds;
    }

    static List<Input> gif() {
        return List.of(
                Input.of("picture.gif", animation()),
                Input.of("picture.gif", write("gif", BufferedImage.TYPE_BYTE_INDEXED, true)),
                Input.of("picture.gif", write("gif", BufferedImage.TYPE_BYTE_BINARY, false)));
    }

    static List<Input> bmp() {
        List<Input> seeds = resources("picture.bmp", "palette.bmp", "rgb.bmp", "bits.bmp");
        seeds.add(Input.of("picture.bmp", write("bmp", BufferedImage.TYPE_INT_RGB, false)));
        seeds.add(Input.of("picture.bmp", write("bmp", BufferedImage.TYPE_USHORT_565_RGB, false)));
        return seeds;
    }

    static List<Input> tiff() {
        List<Input> seeds = resources(
                "picture.tif",
                "float.tif",
                "cmyk.tif",
                "group4.tif",
                "lab.tif",
                "sixteen.tif",
                "jpeg.tif",
                "deflate.tif",
                "palette.tif",
                "alpha.tif");
        seeds.add(Input.of("picture.tif", write("tiff", BufferedImage.TYPE_INT_RGB, false)));
        seeds.add(Input.of("picture.tif", write("tiff", BufferedImage.TYPE_USHORT_GRAY, false)));
        return seeds;
    }

    static List<Input> webp() {
        return resources(
                "picture.webp", "lossy.webp", "lossless.webp", "alpha.webp", "lossless-alpha.webp", "animated.webp");
    }

    private static List<Input> resources(String name, String... resources) {
        List<Input> inputs = new ArrayList<>();
        for (String resource : resources) {
            try (InputStream in = Pictures.class.getResourceAsStream("pictures/" + resource)) {
                inputs.add(Input.of(name, in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return inputs;
    }

    private static byte[] write(String format, int type, boolean progressive) {
        ImageWriter writer = writer(format);
        ImageWriteParam options = writer.getDefaultWriteParam();
        if (progressive && options.canWriteProgressive()) {
            options.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(gradient(type), null, null), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Returns one of the JDK's own writers, present in every Java. */
    private static ImageWriter writer(String format) {
        List<ImageWriter> writers = new ArrayList<>();
        ImageIO.getImageWritersByFormatName(format).forEachRemaining(writers::add);
        return writers.stream()
                .filter(writer -> writer.getClass().getName().startsWith("com.sun."))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] animation() {
        ImageWriter writer = writer("gif");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < 3; i++) {
                BufferedImage frame = gradient(BufferedImage.TYPE_BYTE_INDEXED);
                ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(frame);
                writer.writeToSequence(
                        new IIOImage(frame, null, writer.getDefaultImageMetadata(type, null)),
                        writer.getDefaultWriteParam());
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage gradient(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, new Color(x * 10, y * 12, x * y % 256, 255 - x * 8).getRGB());
            }
        }
        return image;
    }

    /** Decodes a picture and preprocesses it for a model. */
    static void read(Path file) {
        Preprocessing.openAi(64).pixels(file, DecodeOptions.defaults());
    }
}
