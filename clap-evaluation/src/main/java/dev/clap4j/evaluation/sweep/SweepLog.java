package dev.clap4j.evaluation.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code cells.jsonl}: what is measured so far, a cell a line. A line that was cut off by a kill is measured again. */
final class SweepLog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Map<SweepCell.Key, SweepCell> cells = new LinkedHashMap<>();

    private SweepLog(Path file) {
        this.file = file;
    }

    static SweepLog open(Path file) {
        SweepLog log = new SweepLog(file);
        if (Files.exists(file)) {
            log.read();
        }
        return log;
    }

    private void read() {
        try {
            String text = Files.readString(file);
            List<String> whole =
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
            for (String line : whole) {
                SweepCell cell = JSON.readValue(line, SweepCell.class);
                cells.put(cell.key(), cell);
            }
            AtomicFiles.writeString(file, whole.isEmpty() ? "" : String.join("\n", whole) + "\n");
        } catch (JsonProcessingException e) {
            throw new ClapException(
                    file + " holds something else than a sweep's cells: " + e.getOriginalMessage()
                            + "; start anew with --overwrite",
                    e);
        } catch (IOException e) {
            throw new ClapException(file + " cannot be read: " + e, e);
        }
    }

    boolean has(SweepCell.Key key) {
        return cells.containsKey(key);
    }

    SweepCell get(SweepCell.Key key) {
        return cells.get(key);
    }

    /** Adds what is not known yet. */
    void add(List<SweepCell> more) {
        StringBuilder lines = new StringBuilder();
        try {
            for (SweepCell cell : more.stream().filter(cell -> !has(cell.key())).toList()) {
                lines.append(JSON.writeValueAsString(cell)).append('\n');
                cells.put(cell.key(), cell);
            }
            Files.writeString(
                    file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ClapException("Cannot write " + file + ": " + e, e);
        }
    }
}
