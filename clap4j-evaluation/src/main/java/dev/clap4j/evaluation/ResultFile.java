package dev.clap4j.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.JsonReasons;
import java.nio.file.Path;

/** Results as JSON files. */
public final class ResultFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ResultFile() {}

    /**
     * Writes a result atomically.
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
     * Reads a result written by {@link #save}.
     *
     * @throws ClapException if the file cannot be read, or holds something else
     */
    public static <T> T load(Path file, Class<T> type) {
        String text = InputFiles.readText(file);
        try {
            return JsonFiles.parse(text, type);
        } catch (JsonProcessingException e) {
            throw notOurs(file, JsonReasons.of(e), e);
        } catch (ClapException e) {
            throw notOurs(file, e.getMessage(), e);
        }
    }

    private static ClapException notOurs(Path file, String why, Exception cause) {
        return new ClapException(file + " is not as clap4j writes it: " + why + "; run what wrote it again", cause);
    }
}
