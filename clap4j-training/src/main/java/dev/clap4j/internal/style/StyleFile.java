package dev.clap4j.internal.style;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A file of learned styles: {@code vectors [styles, count, width]} and {@code features [styles, embedDim]}.
 *
 * @param file the file
 * @param fingerprint the fingerprint of what the styles depend on; others are ignored
 */
record StyleFile(Path file, String fingerprint) {
    private static final String KEY = "fingerprint";

    /**
     * Loads the styles; returns none if the file is damaged or has another fingerprint.
     *
     * @param count the number of vectors in a style
     * @param width the length of a vector
     * @param dim the dimension of a feature
     */
    List<LearnedStyle> load(int count, int width, int dim) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            SafetensorsFile saved = SealedTensors.open(file);
            List<float[]> features = rows(saved.get("features"), dim);
            List<float[]> vectors = rows(saved.get("vectors"), width);
            if (!fingerprint.equals(saved.metadata().get(KEY)) || vectors.size() != count * features.size()) {
                return List.of();
            }
            return IntStream.range(0, features.size())
                    .mapToObj(i -> new LearnedStyle(
                            vectors.subList(i * count, (i + 1) * count).toArray(float[][]::new), features.get(i)))
                    .toList();
        } catch (ClapException e) {
            return List.of();
        }
    }

    /** Splits a tensor into rows of the given width. */
    private static List<float[]> rows(TensorData tensor, int width) {
        float[] values = tensor.toFloats();
        long[] shape = tensor.shape();
        if (shape.length == 0 || shape[shape.length - 1] != width) {
            throw new ClapException(tensor.name() + " has rows of another width than " + width);
        }
        List<float[]> rows = new ArrayList<>();
        for (int start = 0; start < values.length; start += width) {
            rows.add(Arrays.copyOfRange(values, start, start + width));
        }
        return rows;
    }

    void save(List<LearnedStyle> styles) {
        List<float[]> vectors =
                styles.stream().flatMap(style -> Arrays.stream(style.vectors())).toList();
        List<float[]> features = styles.stream().map(LearnedStyle::feature).toList();
        int count = vectors.size() / styles.size();
        SealedTensors.write(
                file,
                Map.of("format", "clap4j.styles", KEY, fingerprint),
                List.of(
                        TensorData.of("vectors", flat(vectors), styles.size(), count, vectors.get(0).length),
                        TensorData.of("features", flat(features), styles.size(), features.get(0).length)));
    }

    private static float[] flat(List<float[]> rows) {
        int width = rows.get(0).length;
        float[] values = new float[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * width, width);
        }
        return values;
    }
}
