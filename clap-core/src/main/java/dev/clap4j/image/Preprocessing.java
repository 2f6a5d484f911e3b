package dev.clap4j.image;

import dev.clap4j.ClapException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How an image becomes the numbers that the image encoder takes, as data.
 *
 * <p>The order of the steps is the reference's: resize in the mode of the file, crop, convert to RGB, normalise. Hugging
 * Face's processors convert first, which makes a difference only for palettes, opacity, inks and black-and-white.
 *
 * @param fit how the image is brought to size
 * @param resize the size of its shorter edge, or of both, before the crop; in pixels
 * @param filter how pixels are resampled
 * @param size the edge of the square that the model takes, in pixels
 * @param mean subtracted from red, green and blue between 0 and 1
 * @param std what remains is divided by
 */
public record Preprocessing(Fit fit, int resize, Resampling filter, int size, float[] mean, float[] std) {
    private static final float[] OPENAI_MEAN = {0.48145467f, 0.4578275f, 0.40821072f};
    private static final float[] OPENAI_STD = {0.26862955f, 0.2613026f, 0.2757771f};

    /** Beyond this the positions of pixels would lose precision. */
    private static final int MAX_EDGE = 1 << 28;

    /** How an image is brought to size. */
    public enum Fit {
        /** The shorter edge becomes {@link #resize} long, then the centre is cut out. */
        SHORTEST_EDGE,
        /** Both edges become as long as the model's, whatever the shape. */
        SQUASH,
        /** It is not resized; the centre is cut out. */
        NONE
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if they describe no square RGB image
     */
    public Preprocessing {
        if (size < 1 || (fit != Fit.NONE && resize < 1) || (fit == Fit.SQUASH && resize != size)) {
            throw new IllegalArgumentException("No image of " + size + " pixels from " + fit + " " + resize);
        }
        mean = mean.clone();
        std = std.clone();
        if (mean.length != 3 || std.length != 3) {
            throw new IllegalArgumentException("Mean and standard deviation of three colours are needed");
        }
        for (float s : std) {
            if (!(s > 0)) {
                throw new IllegalArgumentException("A standard deviation of " + s);
            }
        }
    }

    /** What OpenAI's models were trained with: bicubic, centre crop, and the colours of their training images. */
    public static Preprocessing openAi(int imageSize) {
        return new Preprocessing(Fit.SHORTEST_EDGE, imageSize, Resampling.BICUBIC, imageSize, OPENAI_MEAN, OPENAI_STD);
    }

    /**
     * What a configuration file says.
     *
     * @param config Hugging Face's {@code preprocessor_config.json} or {@code processor_config.json}, or open_clip's
     *     {@code open_clip_config.json}
     * @param imageSize the edge of the image that the model takes, in pixels
     * @throws ClapException if it cannot be read, asks for something that is not supported, or does not give images of
     *     that size
     */
    public static Preprocessing load(Path config, int imageSize) {
        return PreprocessingConfig.read(config, imageSize);
    }

    /**
     * What the configuration file in a model's folder says, or {@link #openAi} where there is none.
     *
     * @throws ClapException if there is one and {@link #load} refuses it
     */
    public static Preprocessing find(Path folder, int imageSize) {
        for (String name : PreprocessingConfig.FILES) {
            Path config = folder.resolve(name);
            if (Files.exists(config)) {
                return load(config, imageSize);
            }
        }
        return openAi(imageSize);
    }

    /**
     * What the model sees of an image file, before normalisation.
     *
     * @return red, green and blue {@code [3, size, size]}
     * @throws ClapException if the file cannot be decoded
     */
    public byte[] pixels(Path image, DecodeOptions options) {
        return pixels(ImageDecoder.decode(image, options));
    }

    /**
     * What the model sees of an image, before normalisation.
     *
     * @return red, green and blue {@code [3, size, size]}
     */
    public byte[] pixels(Bitmap image) {
        int width = fit == Fit.SHORTEST_EDGE ? resized(image.width(), image.height()) : image.width();
        int height = fit == Fit.SHORTEST_EDGE ? resized(image.height(), image.width()) : image.height();
        if (fit == Fit.SQUASH) {
            width = size;
            height = size;
        }
        int left = cropOffset(width);
        int top = cropOffset(height);
        // Only what the crop leaves is resampled; a result that is smaller than the crop gets a black border.
        var window = new PillowResize.Window(
                Math.max(left, 0), Math.max(top, 0), Math.min(width, size), Math.min(height, size));
        Bitmap cropped = PillowResize.resize(image, width, height, filter, window)
                .crop(Math.min(left, 0), Math.min(top, 0), size, size);
        return cropped.toRgb().planes();
    }

    /** The new length of an edge: the longer one is rounded down. */
    private int resized(int edge, int other) {
        double length = edge <= other ? resize : (double) resize * edge / other;
        if (length > MAX_EDGE) {
            throw new ClapException("An image of " + edge + " by " + other
                    + " pixels is too long and thin to be resized to " + resize + " pixels across");
        }
        return (int) length;
    }

    /** Half of what is too much, halves rounded to the even number; negative if the image is smaller than the crop. */
    private int cropOffset(int edge) {
        // Too little is made up for at both sides, the larger half behind.
        return edge < size ? -((size - edge) / 2) : (int) Math.rint((edge - size) / 2.0);
    }

    /**
     * Pixels as the numbers that the encoder takes: between 0 and 1, less the mean, divided by the deviation.
     *
     * @param pixels {@code [3, size, size]}
     * @param target receives as many floats at its position
     */
    public void normalise(byte[] pixels, FloatBuffer target) {
        int plane = pixels.length / 3;
        float[] values = new float[plane];
        float[] table = new float[256];
        for (int c = 0; c < 3; c++) {
            for (int v = 0; v < 256; v++) {
                table[v] = (v / 255f - mean[c]) / std[c];
            }
            for (int i = 0; i < plane; i++) {
                values[i] = table[pixels[c * plane + i] & 0xFF];
            }
            target.put(values);
        }
    }

    @Override
    public float[] mean() {
        return mean.clone();
    }

    @Override
    public float[] std() {
        return std.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Preprocessing that
                && fit == that.fit
                && resize == that.resize
                && filter == that.filter
                && size == that.size
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(std, that.std);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {fit, resize, filter, size, Arrays.hashCode(mean), Arrays.hashCode(std)});
    }

    /** The steps in order, for instance {@code resize 224 bicubic, centre crop 224, rgb, normalise …}. */
    @Override
    public String toString() {
        String steps =
                switch (fit) {
                    case SHORTEST_EDGE -> "resize " + resize + " " + filter + ", centre crop " + size;
                    case SQUASH -> "resize " + resize + "×" + resize + " " + filter;
                    case NONE -> "centre crop " + size;
                };
        return steps + ", rgb, normalise mean " + numbers(mean) + " std " + numbers(std);
    }

    private static String numbers(float[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> String.format(Locale.ROOT, "%.4f", values[i]))
                .collect(Collectors.joining(" "));
    }
}
