package dev.clap4j.internal.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The completed rows of an interrupted encoding, in a file next to that of the features. Resuming continues from it.
 *
 * @param file the file of completed rows
 */
public record UnfinishedFeatures(Path file) {
    private static final String FORMAT = "clap4j.unfinished-features";
    private static final String TENSOR = "features";
    private static final JsonMapper JSON = new JsonMapper();

    /** Returns the unfinished features that belong to a file of features. */
    public static UnfinishedFeatures of(Path features) {
        return new UnfinishedFeatures(features.resolveSibling(features.getFileName() + ".unfinished"));
    }

    /**
     * Saves rows.
     *
     * @param encoder the fingerprint of the encoder
     * @param rows at least one row, by its key: a text, or the digest of an image
     * @throws ClapException if the file cannot be written
     */
    public void save(String encoder, Map<String, float[]> rows) {
        List<String> keys = List.copyOf(rows.keySet());
        int dim = rows.get(keys.get(0)).length;
        float[] values = new float[Math.multiplyExact(keys.size(), dim)];
        for (int i = 0; i < keys.size(); i++) {
            System.arraycopy(rows.get(keys.get(i)), 0, values, i * dim, dim);
        }
        try {
            SealedTensors.write(
                    file,
                    Map.of("format", FORMAT, "encoder", encoder, "keys", JSON.writeValueAsString(keys)),
                    List.of(TensorData.of(TENSOR, values, keys.size(), dim)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every list of texts is JSON", e);
        }
    }

    /**
     * Returns the saved rows by their keys.
     *
     * @throws ClapException if the file is missing or damaged, or its rows come from another encoder
     */
    public Map<String, float[]> load(String encoder) {
        if (Files.notExists(file)) {
            throw new ClapException(Problem.NOTHING_TO_RESUME, "There is nothing to resume: there is no file " + file);
        }
        SafetensorsFile saved = SealedTensors.open(file);
        if (!FORMAT.equals(saved.metadata().get("format"))) {
            throw new ClapException(file + " holds no unfinished features; remove it");
        }
        if (!encoder.equals(saved.metadata().get("encoder"))) {
            throw new ClapException(
                    Problem.NOTHING_TO_RESUME,
                    file + " is of another model, or of other preprocessing; resume it with that one");
        }
        List<String> keys = keys(saved.metadata().getOrDefault("keys", "null"));
        TensorData tensor = saved.get(TENSOR);
        if (tensor.shape().length != 2 || tensor.shape()[0] != keys.size() || tensor.shape()[1] < 1) {
            throw damaged(null);
        }
        float[] values = tensor.toFloats();
        int dim = Math.toIntExact(tensor.shape()[1]);
        Map<String, float[]> rows = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            rows.put(keys.get(i), Arrays.copyOfRange(values, i * dim, (i + 1) * dim));
        }
        return rows;
    }

    private List<String> keys(String text) {
        try {
            String[] keys = JSON.readValue(text, String[].class);
            if (keys != null && Stream.of(keys).allMatch(Objects::nonNull)) {
                return List.of(keys);
            }
        } catch (JsonProcessingException e) {
            throw damaged(e);
        }
        throw damaged(null);
    }

    private ClapException damaged(Exception cause) {
        return new ClapException(Problem.NOTHING_TO_RESUME, file + " is damaged", cause);
    }

    /**
     * Removes the file, if it exists, once the features are complete.
     *
     * @throws ClapException if it cannot be removed
     */
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ClapException("Cannot remove " + file + ": " + e, e);
        }
    }
}
