package dev.clap4j.internal.image;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.PreprocessingStep.CentreCrop;
import dev.clap4j.internal.image.PreprocessingStep.Fit;
import dev.clap4j.internal.image.PreprocessingStep.Resize;
import dev.clap4j.internal.image.PreprocessingStep.Rounding;
import dev.clap4j.internal.image.PreprocessingStep.ToRgb;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A description of how an image is turned into the image encoder's input.
 *
 * <p>The steps follow the reference of each layout. OpenAI's code and open_clip resize in the mode of the file, crop
 * and then convert to RGB; Hugging Face's processors convert first, and round the crop's offset down.
 *
 * @param steps the steps in order; the last one that changes the size yields squares of {@code size}
 * @param size the side of the model's square input in pixels
 * @param mean mean of red, green and blue between 0 and 1, which is subtracted
 * @param std standard deviation of red, green and blue, by which the result is divided
 */
public record Preprocessing(List<PreprocessingStep> steps, int size, float[] mean, float[] std) {
    private static final float[] OPENAI_MEAN = {0.48145467f, 0.4578275f, 0.40821072f};
    private static final float[] OPENAI_STD = {0.26862955f, 0.2613026f, 0.2757771f};

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if they do not produce a square RGB image
     */
    public Preprocessing {
        steps = List.copyOf(steps);
        if (size < 1 || squares(steps) != size || !steps.contains(new ToRgb())) {
            throw new IllegalArgumentException("No RGB image of " + size + " pixels from " + steps);
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

    /** Returns the side of the resulting squares; 0 if they need not be square. */
    private static int squares(List<PreprocessingStep> steps) {
        int size = 0;
        for (PreprocessingStep step : steps) {
            if (step instanceof CentreCrop crop) {
                size = crop.size();
            } else if (step instanceof Resize resize) {
                size = resize.fit() == Fit.SQUASH ? resize.length() : 0;
            }
        }
        return size;
    }

    /**
     * Returns the preprocessing of OpenAI's models: bicubic, centre crop, and the colour statistics of their training
     * images.
     */
    public static Preprocessing openAi(int imageSize) {
        List<PreprocessingStep> steps = List.of(
                new Resize(Fit.SHORTEST_EDGE, imageSize, Resampling.BICUBIC),
                new CentreCrop(imageSize, Rounding.HALF_EVEN, 0),
                new ToRgb());
        return new Preprocessing(steps, imageSize, OPENAI_MEAN, OPENAI_STD);
    }

    /**
     * Loads a configuration file.
     *
     * @param config Hugging Face's {@code preprocessor_config.json} or {@code processor_config.json}, or open_clip's
     *     {@code open_clip_config.json}
     * @param imageSize the side of the model's input in pixels
     * @throws ClapException if it cannot be read, requires something unsupported, or does not yield images of that size
     */
    public static Preprocessing load(Path config, int imageSize) {
        return PreprocessingConfig.read(config, imageSize);
    }

    /**
     * Loads the configuration file in a model's folder, or returns {@link #openAi} if there is none.
     *
     * @throws ClapException if there is one and {@link #load} rejects it
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

    /** Returns the step that resizes; empty if images are only cropped. */
    public Optional<Resize> resize() {
        return steps.stream()
                .filter(Resize.class::isInstance)
                .map(Resize.class::cast)
                .findFirst();
    }

    /**
     * Preprocesses an image file except for normalisation.
     *
     * @return red, green and blue {@code [3, size, size]}
     * @throws ClapException if the file cannot be decoded
     */
    public byte[] pixels(Path image, DecodeOptions options) {
        return ImageDecoder.decode(image, options, this::pixels);
    }

    /**
     * Preprocesses an image except for normalisation.
     *
     * @return red, green and blue {@code [3, size, size]}
     */
    public byte[] pixels(Bitmap image) {
        Bitmap prepared = image;
        for (int i = 0; i < steps.size(); i++) {
            PreprocessingStep step = steps.get(i);
            if (step instanceof ToRgb) {
                prepared = prepared.toRgb();
            } else if (step instanceof CentreCrop crop) {
                prepared = cropped(prepared, prepared.width(), prepared.height(), Resampling.NEAREST, crop);
            } else if (step instanceof Resize resize) {
                int width = resize.edge(prepared.width(), prepared.height());
                int height = resize.edge(prepared.height(), prepared.width());
                if (i + 1 < steps.size() && steps.get(i + 1) instanceof CentreCrop crop) {
                    prepared = cropped(prepared, width, height, resize.filter(), crop);
                    i++;
                } else {
                    prepared = PillowResize.resize(prepared, width, height, resize.filter());
                }
            }
        }
        return prepared.planes();
    }

    /** Resizes and crops; only what remains after the crop is resampled. */
    private static Bitmap cropped(Bitmap image, int width, int height, Resampling filter, CentreCrop crop) {
        int left = crop.offset(width);
        int top = crop.offset(height);
        var window = new PillowResize.Window(
                Math.max(left, 0), Math.max(top, 0), Math.min(width, crop.size()), Math.min(height, crop.size()));
        return PillowResize.resize(image, width, height, filter, window)
                .crop(Math.min(left, 0), Math.min(top, 0), crop.size(), crop.size(), crop.fill());
    }

    /**
     * Normalises pixels for the encoder: scales them to 0 to 1, subtracts the mean and divides by the standard
     * deviation.
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
                && steps.equals(that.steps)
                && size == that.size
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(std, that.std);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {steps, size, Arrays.hashCode(mean), Arrays.hashCode(std)});
    }

    /** Returns the steps in order, for instance {@code resize 224 bicubic, centre crop 224, rgb, normalise …}. */
    @Override
    public String toString() {
        return steps.stream().map(PreprocessingStep::toString).collect(Collectors.joining(", ")) + ", normalise mean "
                + numbers(mean) + " std " + numbers(std);
    }

    /** Returns a text of everything that pixels depend on, including the version of the decoders; a key for caches. */
    public String fingerprint() {
        return "decoding " + ImageDecoder.VERSION + ", " + steps + ", " + Arrays.toString(mean) + ", "
                + Arrays.toString(std);
    }

    private static String numbers(float[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> String.format(Locale.ROOT, "%.4f", values[i]))
                .collect(Collectors.joining(" "));
    }
}
