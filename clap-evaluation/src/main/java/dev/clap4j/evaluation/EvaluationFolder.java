package dev.clap4j.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import dev.clap4j.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of an evaluation that is quick enough to be made anew every time. */
public final class EvaluationFolder {
    private static final JsonMapper JSON = new JsonMapper();

    private EvaluationFolder() {}

    /**
     * Writes down what is being measured; an earlier run of the same protocol is replaced.
     *
     * @throws ClapException if the folder holds a run of another kind, or cannot be written
     */
    public static void take(Path folder, ObjectNode provenance) {
        Path file = new RunFolder(folder).provenance();
        if (Files.exists(file)) {
            String now = provenance.path("protocol").asText();
            String before = read(file).path("protocol").asText("");
            if (!before.equals(now)) {
                throw new ClapException(
                        folder + " holds a run of another kind; choose another --out for this " + now + " evaluation");
            }
        }
        AtomicFiles.writeString(file, provenance.toPrettyString() + "\n");
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new ClapException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
