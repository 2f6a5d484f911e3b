package dev.clap4j.synthesis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.JsonReasons;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * The list of a folder's pictures, {@code pictures.jsonl}: a line for each, with its path, class, prompt and seed, sorted
 * by path. It is complete before the first picture is made, so that whatever is in the folder is explained.
 */
final class PictureManifest {
    private static final String NAME = "pictures.jsonl";
    private static final String FILE = "file";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path path;
    private final TreeMap<String, String> lines = new TreeMap<>();
    private boolean changed;

    private PictureManifest(Path path) {
        this.path = path;
    }

    /**
     * Reads the list of a folder, which is empty if there is none.
     *
     * @throws ClapException if it cannot be read or is damaged
     */
    static PictureManifest of(Path folder) {
        PictureManifest manifest = new PictureManifest(folder.resolve(NAME));
        if (Files.exists(manifest.path)) {
            manifest.read();
        }
        return manifest;
    }

    private void read() {
        List<String> read = InputFiles.readLines(path);
        for (int i = 0; i < read.size(); i++) {
            lines.put(file(read.get(i), i + 1), read.get(i));
        }
    }

    private String file(String line, int number) {
        String problem = "it does not name a picture";
        try {
            JsonNode file = JSON.readTree(line).path(FILE);
            if (file.isTextual()) {
                return file.asText();
            }
        } catch (JsonProcessingException e) {
            problem = JsonReasons.of(e);
        }
        throw new ClapException("Line " + number + " of " + path + " is damaged: " + problem
                + "; delete the file, and a new one will list the pictures that are asked for");
    }

    void add(String file, PromptSample.Item item) {
        String line = JSON.createObjectNode()
                .put(FILE, file)
                .put("class", item.className())
                .put("prompt", item.prompt())
                .put("seed", item.seed())
                .toString();
        changed |= !line.equals(lines.put(file, line));
    }

    /** Writes the list if it has changed. */
    void write() {
        if (changed) {
            AtomicFiles.writeString(path, String.join("\n", lines.values()) + "\n");
        }
    }
}
