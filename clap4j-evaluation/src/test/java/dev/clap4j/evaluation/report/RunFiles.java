package dev.clap4j.evaluation.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A finished run as clap wrote it on a few icons.
 *
 * @param kind its command, and the name of the result's file
 * @param run {@code run.json}
 * @param result what was measured
 */
record RunFiles(String kind, ObjectNode run, ObjectNode result) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The stored run of a kind. */
    static RunFiles stored(String kind) throws IOException {
        return new RunFiles(kind, read(kind + "/run.json"), read(kind + "/" + kind + ".json"));
    }

    private static ObjectNode read(String file) throws IOException {
        try (InputStream in = RunFiles.class.getResourceAsStream("runs/" + file)) {
            return (ObjectNode) JSON.readTree(in);
        }
    }

    /** Writes it into a folder, which is made. */
    Path writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("run.json"), run.toString());
        Files.writeString(folder.resolve(kind + ".json"), result.toString());
        return folder;
    }
}
