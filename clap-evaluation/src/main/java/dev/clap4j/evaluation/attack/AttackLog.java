package dev.clap4j.evaluation.attack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code batches.jsonl}: a line for every finished batch, which a resumed run does not attack again. */
final class AttackLog implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final BufferedWriter writer;
    private final Map<String, AttackedBatch> batches = new LinkedHashMap<>();

    private AttackLog(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * Opens the log behind the lines it has; one that was cut off when the run was killed is dropped.
     *
     * @throws ClapException if it cannot be read or written
     */
    static AttackLog open(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            if (!whole.equals(text)) {
                AtomicFiles.writeString(file, whole);
            }
            AttackLog log = new AttackLog(
                    file,
                    Files.newBufferedWriter(
                            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            whole.lines().forEach(line -> log.keep(log.read(line)));
            return log;
        } catch (IOException e) {
            throw new ClapException("Cannot open " + file + ": " + e, e);
        }
    }

    private AttackedBatch read(String line) {
        try {
            return JSON.readValue(line, AttackedBatch.class);
        } catch (JsonProcessingException e) {
            throw new ClapException(
                    "Line " + (batches.size() + 1) + " of " + file + " is no result of an attack: "
                            + e.getOriginalMessage() + "; start anew with --overwrite",
                    e);
        }
    }

    private void keep(AttackedBatch batch) {
        batches.put(batch.key(), batch);
    }

    /** Whether that batch is finished. */
    boolean has(String key) {
        return batches.containsKey(key);
    }

    /** Adds a finished batch. */
    void add(AttackedBatch batch) {
        try {
            writer.write(JSON.writeValueAsString(batch) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new ClapException("Cannot write " + file + ": " + e, e);
        }
        keep(batch);
    }

    /** The finished batches, in the order of the run. */
    List<AttackedBatch> batches() {
        return List.copyOf(batches.values());
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new ClapException("Cannot write " + file + ": " + e, e);
        }
    }
}
