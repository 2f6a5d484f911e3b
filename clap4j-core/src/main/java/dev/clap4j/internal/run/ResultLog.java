package dev.clap4j.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.io.AppendedFile;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.JsonReasons;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The results of a run so far, one JSON line each, so that a resumed run need not compute them again. Each line ends
 * with {@code "check"}, the CRC-32C of the preceding part. Thread-safe.
 *
 * @param <K> the key of a result
 * @param <T> a result, a record that can be serialised as JSON
 */
public final class ResultLog<K, T> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LINE = Pattern.compile("(\\{.*),\"check\":\"([0-9a-f]{8})\"\\}");

    private final Path file;
    private final Class<T> type;
    private final Function<T, K> key;
    private final String what;
    private final Map<K, T> results = new LinkedHashMap<>();

    private ResultLog(Path file, Class<T> type, Function<T, K> key, String what) {
        this.file = file;
        this.type = type;
        this.key = key;
        this.what = what;
    }

    /**
     * Opens the log in a file, which need not exist yet; an incomplete last line is dropped.
     *
     * @param what a description of a line for messages: {@code "result of a probe"}
     * @throws ClapException if the file cannot be read, a line is corrupt, or two lines contradict each other
     */
    public static <K, T> ResultLog<K, T> open(Path file, Class<T> type, Function<T, K> key, String what) {
        ResultLog<K, T> log = new ResultLog<>(file, type, key, what);
        List<String> lines = AppendedFile.wholeLines(file);
        for (int i = 0; i < lines.size(); i++) {
            try {
                log.read(lines.get(i));
            } catch (ClapException e) {
                throw new ClapException(
                        Problem.RUN_IS_DAMAGED,
                        "Line " + (i + 1) + " of " + file + " is no " + what + ": " + e.getMessage()
                                + "; delete the line to have it computed again",
                        e);
            }
        }
        return log;
    }

    private void read(String line) {
        Matcher checked = LINE.matcher(line);
        if (!checked.matches()) {
            throw new ClapException("it has no checksum");
        }
        String text = checked.group(1) + "}";
        if (!check(text).equals(checked.group(2))) {
            throw new ClapException("its checksum does not match");
        }
        T result;
        try {
            result = JsonFiles.parse(text, type);
        } catch (JsonProcessingException e) {
            throw new ClapException(JsonReasons.of(e), e);
        }
        T before = results.putIfAbsent(key.apply(result), result);
        if (before != null && !before.equals(result)) {
            throw new ClapException("an earlier line says otherwise");
        }
    }

    private static String check(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    /** Returns whether there is a result for a key. */
    public synchronized boolean has(K wanted) {
        return results.containsKey(wanted);
    }

    /** Returns the result for a key; null if there is none. */
    public synchronized T get(K wanted) {
        return results.get(wanted);
    }

    /** Returns all results, in the order in which they were added. */
    public synchronized List<T> all() {
        return List.copyOf(results.values());
    }

    /**
     * Adds a result, unless there is one for its key.
     *
     * @throws ClapException if it cannot be written
     */
    public synchronized void add(T result) {
        if (has(key.apply(result))) {
            return;
        }
        String text = text(result);
        try (AppendedFile lines = AppendedFile.open(file)) {
            lines.append(text.substring(0, text.length() - 1) + ",\"check\":\"" + check(text) + "\"}\n");
        }
        results.put(key.apply(result), result);
    }

    private String text(T result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A " + what + " that JSON cannot express", e);
        }
    }
}
