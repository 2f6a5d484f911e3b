package dev.clap4j.internal.parquet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.JsonReasons;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;

/**
 * The names behind numbers, which Hugging Face datasets writes into a file's metadata.
 *
 * @param names by column, the name of each number
 */
record ClassLabels(Map<String, List<String>> names) {
    private static final String ENTRY = "huggingface";

    static ClassLabels of(Path file, FileMetaData footer) {
        Map<String, List<String>> names = new HashMap<>();
        if (footer.isSetKey_value_metadata()) {
            for (KeyValue entry : footer.getKey_value_metadata()) {
                if (ENTRY.equals(entry.getKey()) && entry.getValue() != null) {
                    features(file, entry.getValue()).properties().forEach(feature -> {
                        List<String> classes = new ArrayList<>();
                        feature.getValue().path("names").forEach(name -> classes.add(name.asText()));
                        if (!classes.isEmpty()) {
                            names.put(feature.getKey(), classes);
                        }
                    });
                }
            }
        }
        return new ClassLabels(names);
    }

    private static JsonNode features(Path file, String json) {
        try {
            return JsonFiles.parse(json, JsonNode.class).path("info").path("features");
        } catch (JsonProcessingException e) {
            throw new ClapException(
                    "The metadata entry " + ENTRY + " of " + file + " is not JSON: " + JsonReasons.of(e), e);
        }
    }

    /** Returns what a number of a column stands for, or the number where it has no names; empty for no class. */
    Optional<String> name(String column, long number) {
        List<String> known = names.get(column);
        if (known == null) {
            return Optional.of(Long.toString(number));
        }
        return number < 0 || number >= known.size() ? Optional.empty() : Optional.of(known.get((int) number));
    }
}
