package dev.clap4j.training.source;

import dev.clap4j.io.SafetensorsFile;
import dev.clap4j.io.TensorData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Learned styles on the disk: {@code vectors [styles, count, width]} and {@code features [styles, embedDim]}.
 *
 * @param file where
 * @param fingerprint of what they were learned from; styles learned from anything else are passed over
 */
record StyleFile(Path file, String fingerprint) {
    private static final String KEY = "fingerprint";

    List<LearnedStyle> load() {
        if (!Files.exists(file)) {
            return List.of();
        }
        SafetensorsFile saved = SafetensorsFile.open(file);
        if (!fingerprint.equals(saved.metadata().get(KEY))) {
            return List.of();
        }
        long[] shape = saved.get("vectors").shape();
        List<float[]> vectors = rows(saved.get("vectors"), (int) shape[2]);
        List<float[]> features =
                rows(saved.get("features"), (int) saved.get("features").shape()[1]);
        int count = (int) shape[1];
        List<LearnedStyle> styles = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            styles.add(new LearnedStyle(
                    vectors.subList(i * count, (i + 1) * count).toArray(float[][]::new), features.get(i)));
        }
        return styles;
    }

    private static List<float[]> rows(TensorData tensor, int width) {
        float[] values = tensor.toFloats();
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
        SafetensorsFile.write(
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
