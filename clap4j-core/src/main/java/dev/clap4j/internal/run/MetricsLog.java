package dev.clap4j.internal.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.io.AppendedFile;
import dev.clap4j.internal.io.AtomicFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The file {@code metrics.jsonl}: one line per step, readable during the run. */
public final class MetricsLog implements AutoCloseable {
    private final AppendedFile lines;

    private MetricsLog(AppendedFile lines) {
        this.lines = lines;
    }

    /**
     * Opens the log after a number of steps; lines of later steps, which will be repeated, are dropped.
     *
     * @throws dev.clap4j.ClapException if it cannot be written
     */
    public static MetricsLog open(Path file, int steps) {
        List<String> lines = AppendedFile.wholeLines(file);
        if (lines.size() > steps) {
            AtomicFiles.writeString(
                    file, lines.stream().limit(steps).map(line -> line + "\n").collect(Collectors.joining()));
        }
        return new MetricsLog(AppendedFile.open(file));
    }

    /**
     * Adds a line.
     *
     * @param step the number of steps, including this one
     * @param numbers the metrics of the step, in the order in which they are written
     * @param seconds the duration of the step
     */
    public void add(long step, Map<String, Double> numbers, double seconds) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("step", step);
        numbers.forEach(line::put);
        line.put("seconds", Math.round(seconds * 1e6) / 1e6);
        lines.append(line + "\n");
    }

    @Override
    public void close() {
        lines.close();
    }
}
