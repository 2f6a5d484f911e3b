package dev.clap4j.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import dev.clap4j.io.JsonReasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a run has found so far, a JSON line for every result, which a resumed run need not find again. Safe for several
 * threads.
 *
 * @param <K> what tells results apart
 * @param <T> a result, a record that JSON can express
 */
public final class ResultLog<K, T> {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Function<T, K> key;
    private final Map<K, T> results = new LinkedHashMap<>();

    private ResultLog(Path file, Function<T, K> key) {
        this.file = file;
        this.key = key;
    }

    /**
     * The log in a file, which need not be there yet; a last line that a kill cut short is dropped.
     *
     * @param what a line is, in words: {@code "result of a probe"}
     * @throws ClapException if the file cannot be read, or holds something else
     */
    public static <K, T> ResultLog<K, T> open(Path file, Class<T> type, Function<T, K> key, String what) {
        ResultLog<K, T> log = new ResultLog<>(file, key);
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            if (whole.length() < text.length()) {
                AtomicFiles.writeString(file, whole);
            }
            int number = 0;
            for (String line : whole.lines().toList()) {
                number++;
                try {
                    log.keep(JSON.readValue(line, type));
                } catch (JsonProcessingException e) {
                    throw new ClapException(
                            "Line " + number + " of " + file + " is no " + what + ", " + JsonReasons.of(e)
                                    + "; start anew with --overwrite",
                            e);
                }
            }
            return log;
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + e, e);
        }
    }

    private void keep(T result) {
        results.put(key.apply(result), result);
    }

    /** Whether that is known. */
    public synchronized boolean has(K wanted) {
        return results.containsKey(wanted);
    }

    /** The result of that; null if it is not known. */
    public synchronized T get(K wanted) {
        return results.get(wanted);
    }

    /** All results, in the order in which they were found. */
    public synchronized List<T> all() {
        return List.copyOf(results.values());
    }

    /**
     * Adds a result, unless it is known.
     *
     * @throws ClapException if it cannot be written
     */
    public synchronized void add(T result) {
        if (has(key.apply(result))) {
            return;
        }
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(result) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ClapException("Cannot write " + file + ": " + e, e);
        }
        keep(result);
    }
}
