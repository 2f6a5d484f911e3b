package dev.clap4j.internal.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** Configurations of other families than CLIP, each with one value changed, from a table. */
final class BadFamilies {
    private static final JsonMapper JSON = new JsonMapper();

    private BadFamilies() {}

    /**
     * A line of the table.
     *
     * @param architecture the sound architecture
     * @param pointer the value that is changed
     * @param value its new value
     * @param message the error
     */
    private record Line(String architecture, String pointer, String value, String message) {
        static Line of(String line) {
            String[] parts = line.split(" \\| ", 4);
            return new Line(parts[0], parts[1], parts[2], parts[3]);
        }

        FamilyArchitecture family() {
            return Architectures.family(architecture).orElseThrow();
        }

        String configuration() throws IOException {
            ObjectNode config = family().config().deepCopy();
            String parent = pointer.substring(0, pointer.lastIndexOf('/'));
            JsonNode changed = JSON.readTree(value);
            config.withObject(parent).set(pointer.substring(parent.length() + 1), changed);
            return config.toString();
        }
    }

    static void addTo(BadCheckpoints bad) {
        for (Line line : lines()) {
            boolean huggingFace = line.family().huggingFace();
            bad.add(
                    line.architecture + " " + line.pointer + " " + line.value,
                    folder -> {
                        BadCheckpoints.write(
                                folder.resolve(huggingFace ? "model.safetensors" : "open_clip_model.safetensors"),
                                huggingFace ? SmallCheckpoint.huggingFaceTensors() : SmallCheckpoint.tensors());
                        Files.writeString(
                                folder.resolve(huggingFace ? "config.json" : "open_clip_config.json"),
                                line.configuration());
                        return folder;
                    },
                    line.message);
        }
    }

    private static List<Line> lines() {
        try (InputStream in = BadFamilies.class.getResourceAsStream("bad-families.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Line::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
