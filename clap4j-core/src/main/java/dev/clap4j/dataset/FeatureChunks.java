package dev.clap4j.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The cached features of one encoder: files of a few rows each, with the rows' keys and a checksum. Damaged files are
 * deleted, and their rows count as missing.
 */
final class FeatureChunks {
    private static final String FORMAT = "clap4j.image-features";
    private static final String TENSOR = "features";
    private static final String ENDING = ".safetensors";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final String encoder;
    private final int dim;
    private final Consumer<String> warnings;
    private boolean writable = true;

    /**
     * Opens the chunks of an encoder, if any.
     *
     * @param encoder identifies the encoder
     * @param dim the dimension D of its features
     */
    FeatureChunks(Path folder, String encoder, int dim, Consumer<String> warnings) {
        this.folder = folder;
        this.encoder = encoder;
        this.dim = dim;
        this.warnings = warnings;
    }

    /** Returns the cached rows among the given keys. */
    Map<String, float[]> read(Set<String> wanted) {
        Map<String, float[]> known = new ConcurrentHashMap<>();
        Queue<String> damaged = new ConcurrentLinkedQueue<>();
        files().parallelStream().forEach(file -> {
            try {
                read(file, wanted, known);
            } catch (ClapException e) {
                damaged.add(e.getMessage());
                delete(file);
            }
        });
        if (!damaged.isEmpty()) {
            warnings.accept("Damaged cached features are recomputed: "
                    + Names.preview(damaged.stream().sorted().toList()));
        }
        return known;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(ENDING))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            warnings.accept("Image features in " + folder + " cannot be read, and are recomputed: " + e);
            return List.of();
        }
    }

    private void read(Path file, Set<String> wanted, Map<String, float[]> known) {
        List<String> keys = keys(SafetensorsFile.open(InputFiles.requireRegular(file)));
        if (keys.stream().noneMatch(wanted::contains)) {
            return;
        }
        SafetensorsFile chunk = SealedTensors.open(file);
        TensorData tensor = chunk.get(TENSOR);
        if (!encoder.equals(chunk.metadata().get("encoder"))
                || !Arrays.equals(tensor.shape(), new long[] {keys.size(), dim})) {
            throw new ClapException(file + " holds features of another encoder");
        }
        FeatureMatrix features = new FeatureMatrix(keys, dim, tensor.toFloats());
        for (int i = 0; i < keys.size(); i++) {
            if (wanted.contains(keys.get(i))) {
                known.put(keys.get(i), features.row(i));
            }
        }
    }

    private static List<String> keys(SafetensorsFile chunk) {
        try {
            String[] keys = JSON.readValue(chunk.metadata().getOrDefault("ids", "null"), String[].class);
            if (keys != null && Stream.of(keys).allMatch(Objects::nonNull)) {
                return List.of(keys);
            }
        } catch (JsonProcessingException e) {
            // Reported below, like any other invalid list.
        }
        throw new ClapException(chunk.path() + " has no list of keys");
    }

    private static void delete(Path file) {
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It is ignored again the next time.
        }
    }

    /** Stores rows under their ids; if that fails, warns once. */
    void write(FeatureMatrix rows) {
        if (!writable || rows.rows() == 0) {
            return;
        }
        try {
            Path file = folder.resolve(Digests.of(String.join(" ", rows.ids())) + ENDING);
            Map<String, String> metadata =
                    Map.of("format", FORMAT, "encoder", encoder, "ids", JSON.writeValueAsString(rows.ids()));
            TensorData tensor = TensorData.of(TENSOR, rows.values(), rows.rows(), rows.dim());
            SealedTensors.write(file, metadata, List.of(tensor));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every list of texts is JSON", e);
        } catch (ClapException e) {
            writable = false;
            warnings.accept("Image features are not kept for the next run. " + e.getMessage());
        }
    }
}
