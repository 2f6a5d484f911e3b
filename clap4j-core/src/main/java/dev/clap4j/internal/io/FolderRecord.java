package dev.clap4j.internal.io;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A record of a folder's intended content, written before the content itself so that nothing else is mixed in. */
public final class FolderRecord {
    /** Longer values are not compared at a glance, so that they are only named. */
    private static final int GLANCE = 60;

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
                    throw new ClapException(folder + " holds " + made + " differently: " + differences(found, wanted)
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

    /** Returns {@code steps 4 instead of 8, another scheduler}. */
    private static String differences(JsonNode found, JsonNode wanted) {
        Set<String> names = new LinkedHashSet<>();
        wanted.fieldNames().forEachRemaining(names::add);
        found.fieldNames().forEachRemaining(names::add);
        return Names.preview(names.stream()
                .filter(name -> !found.path(name).equals(wanted.path(name)))
                .map(name -> difference(Names.brief(name), shown(found.path(name)), shown(wanted.path(name))))
                .toList());
    }

    private static String difference(String name, String found, String wanted) {
        boolean atAGlance = Math.max(found.length(), wanted.length()) <= GLANCE;
        return atAGlance ? name + " " + found + " instead of " + wanted : "another " + name;
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "none";
        }
        return value.isTextual() ? value.asText() : value.toString();
    }
}
