package dev.clap4j.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import dev.clap4j.io.JsonReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Results as JSON files. */
public final class ResultFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ResultFile() {}

    /**
     * Writes a result, whole or not at all.
     *
     * @param result a record
     * @throws ClapException if the file cannot be written
     */
    public static void save(Path file, Object result) {
        try {
            AtomicFiles.writeString(file, JSON.writeValueAsString(result) + System.lineSeparator());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result that JSON cannot express", e);
        }
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws ClapException if the file cannot be read, or holds something else
     */
    public static <T> T load(Path file, Class<T> type) {
        try {
            return JSON.readValue(Files.readString(file), type);
        } catch (JsonProcessingException e) {
            throw new ClapException(
                    file + " is not as clap writes it: " + JsonReasons.of(e) + "; run what wrote it again", e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + e, e);
        }
    }
}
