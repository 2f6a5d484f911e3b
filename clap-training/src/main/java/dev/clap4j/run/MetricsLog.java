package dev.clap4j.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** {@code metrics.jsonl}: a line for every step, there to be read while the run goes on. */
public final class MetricsLog implements AutoCloseable {
    private final Path file;
    private final BufferedWriter writer;

    private MetricsLog(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * Opens the log behind so many steps; lines of later steps, which will be made again, are dropped.
     *
     * @throws ClapException if it cannot be written
     */
    public static MetricsLog open(Path file, int steps) {
        try {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
                if (lines.size() != steps) {
                    List<String> kept = lines.subList(0, Math.min(steps, lines.size()));
                    AtomicFiles.writeString(file, kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
                }
            }
            return new MetricsLog(
                    file,
                    Files.newBufferedWriter(
                            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /**
     * Adds a line.
     *
     * @param step steps made, this one included
     * @param numbers what is to be known of the step, in the order in which it is written
     * @param seconds how long the step took
     */
    public void add(long step, Map<String, Double> numbers, double seconds) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("step", step);
        numbers.forEach(line::put);
        line.put("seconds", Math.round(seconds * 1e6) / 1e6);
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static ClapException cannotWrite(Path file, IOException e) {
        return new ClapException("Cannot write " + file + ": " + e, e);
    }
}
