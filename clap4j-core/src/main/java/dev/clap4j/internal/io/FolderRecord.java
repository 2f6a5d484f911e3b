package dev.clap4j.internal.io;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A record of a folder's intended content, written before the content itself so that nothing else is mixed in. */
public final class FolderRecord {
    private FolderRecord() {}

    /**
     * Claims a folder that is new or empty, or resumes one with the same record.
     *
     * @param name the file name of the record
     * @param wanted everything that determines the folder's content
     * @param made the content with its verb, for messages: {@code "pictures that were made"}
     * @param kind the kind of content, for messages: {@code "pictures made from prompts"}
     * @throws ClapException if the folder holds anything else, or cannot be read or written
     */
    public static void take(Path folder, String name, JsonNode wanted, String made, String kind) {
        Path record = folder.resolve(name);
        try {
            if (Files.exists(record)) {
                JsonNode found = JsonFiles.readObject(record);
                if (!found.equals(wanted)) {
                    throw new ClapException(folder + " holds " + made + " differently, " + found + ", not " + wanted
                            + "; choose another folder, or delete it");
                }
                return;
            }
            if (Files.isDirectory(folder)) {
                try (Stream<Path> inside = Files.list(folder)) {
                    if (inside.anyMatch(file -> !AtomicFiles.isPassing(file))) {
                        throw new ClapException(
                                folder + " is not empty, and holds no " + kind + "; choose another folder");
                    }
                }
            }
        } catch (IOException e) {
            throw new ClapException("Cannot read " + folder + ": " + IoReasons.of(e), e);
        }
        AtomicFiles.writeString(record, wanted.toPrettyString() + "\n");
    }
}
