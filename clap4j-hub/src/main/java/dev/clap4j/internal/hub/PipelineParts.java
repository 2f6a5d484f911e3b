package dev.clap4j.internal.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.checkpoint.PipelineFiles;
import dev.clap4j.internal.io.JsonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a pipeline of diffusers that pictures are made with; other precisions, formats and parts are left out. */
final class PipelineParts {
    private static final List<String> CONFIGURATIONS = List.of("config.json", "scheduler_config.json");
    private static final long MOST_INDEX_BYTES = 1 << 20;

    private PipelineParts() {}

    /**
     * Returns whether a repository is a pipeline.
     *
     * @param names the names in its main folder
     * @param weights the weights that are asked for; empty for the usual ones
     */
    static boolean isPipeline(Set<String> names, String weights) {
        return weights.isEmpty() && names.contains(PipelineFiles.INDEX);
    }

    /** Returns the names of configurations and tokenizers that are needed. */
    static List<String> small(Set<String> names) {
        List<String> needed = new ArrayList<>(List.of(PipelineFiles.INDEX));
        for (String part : PipelineFiles.PARTS) {
            Stream.concat(CONFIGURATIONS.stream(), NeededFiles.TOKENIZERS.stream())
                    .map(name -> part + "/" + name)
                    .filter(names::contains)
                    .forEach(needed::add);
        }
        return needed;
    }

    /** Returns the names of the weights, or of the indices of their shards, by part. */
    static Map<String, String> weights(Set<String> names) {
        Map<String, String> weights = new LinkedHashMap<>();
        for (String part : PipelineFiles.PARTS) {
            PipelineFiles.weights(name -> names.contains(part + "/" + name)).ifPresent(name -> weights.put(part, name));
        }
        return weights;
    }

    /**
     * Returns whether every part that the index names is there.
     *
     * @param folder the pipeline
     * @param names the names of its files and of those in its folders
     */
    static boolean isComplete(Path folder, Set<String> names) {
        JsonNode index = JsonText.readObject(folder.resolve(PipelineFiles.INDEX), MOST_INDEX_BYTES);
        Map<String, String> weights = weights(names);
        return PipelineFiles.PARTS.stream()
                .filter(part -> index.path(part).path(1).isTextual())
                .allMatch(part -> isComplete(folder, part, names, Optional.ofNullable(weights.get(part))));
    }

    private static boolean isComplete(Path folder, String part, Set<String> names, Optional<String> weights) {
        boolean hasNetwork = !part.startsWith("tokenizer") && !part.equals("scheduler");
        if (!hasNetwork) {
            return names.stream().anyMatch(name -> name.startsWith(part + "/"));
        }
        return weights.isPresent()
                && (!NeededFiles.isIndex(weights.get())
                        || NeededFiles.shards(folder.resolve(part).resolve(weights.get())).stream()
                                .allMatch(shard -> names.contains(part + "/" + shard)));
    }
}
