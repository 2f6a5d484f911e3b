package dev.clap4j.tsne;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.run.Steps;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Maps in a folder, found again by what they depend on: a killed run repeats only the unfinished one. */
public final class MapStore {
    /** The version of the algorithm; raised when equal inputs give another map. */
    private static final String VERSION = "1";

    private static final String PLACES = "places";
    private static final String DIVERGENCE = "divergence";

    private final Path folder;

    /** Opens the store in a folder, which need not exist yet. */
    public MapStore(Path folder) {
        this.folder = folder;
    }

    /** Returns the map of the points, from the folder if present; a damaged one is recomputed. */
    public TsneMap get(FeatureMatrix points, TsneOptions options, Steps steps) {
        options.requirePoints(points.rows());
        Path file = folder.resolve(key(points, options) + ".safetensors");
        Optional<TsneMap> kept = read(file, points);
        if (kept.isPresent()) {
            steps.advance(points.rows() + (long) options.iterations());
            return kept.get();
        }
        TsneMap map = Tsne.of(points, options, steps);
        TensorData places = TensorData.of(PLACES, map.places().values(), points.rows(), 2);
        SealedTensors.write(file, Map.of(DIVERGENCE, Double.toString(map.divergence())), List.of(places));
        return map;
    }

    private static Optional<TsneMap> read(Path file, FeatureMatrix points) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            TensorFile saved = SealedTensors.open(file);
            FeatureMatrix places =
                    new FeatureMatrix(points.ids(), 2, saved.get(PLACES).toFloats());
            double divergence = Double.parseDouble(saved.metadata().getOrDefault(DIVERGENCE, ""));
            return Double.isFinite(divergence) ? Optional.of(new TsneMap(places, divergence)) : Optional.empty();
        } catch (ClapException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String key(FeatureMatrix points, TsneOptions options) {
        byte[] about = (VERSION + " " + options + " " + points).getBytes(StandardCharsets.UTF_8);
        float[] values = points.values();
        ByteBuffer bytes = ByteBuffer.allocate(about.length + values.length * Float.BYTES);
        bytes.put(about).asFloatBuffer().put(values);
        return Digests.of(bytes.array());
    }
}
