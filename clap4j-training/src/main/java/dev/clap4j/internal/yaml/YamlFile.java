package dev.clap4j.internal.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/** Reads YAML files. Duplicate keys and more than one document are errors. */
public final class YamlFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final long MOST_BYTES = 1 << 20;

    private YamlFile() {}

    /**
     * Reads a file.
     *
     * @param reader makes an object of the document, which is a missing node if the file is empty
     * @throws ClapException if the file does not exist, is larger than a megabyte or is not valid YAML, or the reader
     *     throws one; the message names the file
     */
    public static <T> T read(Path file, Function<JsonNode, T> reader) {
        JsonNode document = read(file);
        try {
            return reader.apply(document);
        } catch (ClapException e) {
            throw new ClapException(file + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode read(Path file) {
        try (JsonParser parser = YAML.createParser(InputFiles.readText(file, MOST_BYTES))) {
            JsonNode document = YAML.readTree(parser);
            if (parser.nextToken() != null) {
                throw new ClapException(file + " should be one YAML document, but another one follows");
            }
            return document == null ? MissingNode.getInstance() : document;
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ClapException(
                    file + " cannot be read as YAML: " + reason + " ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }
}
