package dev.clap4j.evaluation.tsne;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.io.Digests;
import dev.clap4j.io.SafetensorsFile;
import dev.clap4j.io.TensorData;
import dev.clap4j.io.TensorFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Maps in a folder, found again by what they depend on: a killed run has only the map it was at to make again. */
final class MapStore {
    /** Raised whenever the same points and options would give another map. */
    private static final String VERSION = "1";

    private static final String PLACES = "places";
    private static final String DIVERGENCE = "divergence";

    private final Path folder;

    MapStore(Path folder) {
        this.folder = folder;
    }

    /** The map of these points, from the folder if it is there. */
    TsneMap get(FeatureMatrix points, TsneOptions options, TsneListener listener) {
        options.requirePoints(points.rows());
        Path file = folder.resolve(key(points, options) + ".safetensors");
        if (Files.exists(file)) {
            listener.neighbours(points.rows());
            listener.iterations(options.iterations());
            return read(file, points);
        }
        TsneMap map = Tsne.of(points, options, listener);
        TensorData places = TensorData.of(PLACES, map.places().values(), points.rows(), 2);
        SafetensorsFile.write(file, Map.of(DIVERGENCE, Double.toString(map.divergence())), List.of(places));
        return map;
    }

    private static TsneMap read(Path file, FeatureMatrix points) {
        TensorFile saved = TensorFile.open(file);
        float[] places = saved.get(PLACES).toFloats();
        String divergence = saved.metadata().getOrDefault(DIVERGENCE, "");
        try {
            return new TsneMap(new FeatureMatrix(points.ids(), 2, places), Double.parseDouble(divergence));
        } catch (IllegalArgumentException e) {
            throw new ClapException(
                    file + " is no map of " + points.rows() + " points; delete it to have the map made again", e);
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
