package dev.clap4j.evaluation.sweep;

import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The run directories of a sweep's heads: {@code heads/model-0/latent=64,tau=0.5/seed-1}. */
final class SweepHeads {
    /**
     * The maximum length of a directory name; longer ones are replaced by a digest, and {@code run.json} holds the
     * settings.
     */
    private static final int READABLE = 120;

    private final Path folder;
    private final Map<Map<String, String>, String> names = new HashMap<>();

    /**
     * Creates the directory names of all points.
     *
     * @param sweep the sweep's directory
     */
    SweepHeads(Path sweep, List<Map<String, String>> points) {
        this.folder = sweep.resolve("heads");
        List<String> files =
                FileNames.distinct(points.stream().map(SweepHeads::text).toList());
        for (int i = 0; i < points.size(); i++) {
            names.put(points.get(i), files.get(i));
        }
    }

    private static String text(Map<String, String> point) {
        List<String> parts = new ArrayList<>();
        point.forEach((name, value) ->
                parts.add(name + "=" + value.replace("%", "%25").replace(",", "%2C")));
        String text = parts.isEmpty() ? "same" : String.join(",", parts);
        return text.length() <= READABLE ? text : Digests.of(text);
    }

    /** Returns the run directory of a head. */
    Path folder(int model, Map<String, String> point, long seed) {
        return folder.resolve("model-" + model).resolve(names.get(point)).resolve("seed-" + seed);
    }
}
