package dev.clap4j.evaluation.fewshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.evaluation.FewShotCell;
import dev.clap4j.io.AtomicFiles;
import dev.clap4j.io.JsonReasons;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** {@code cells.jsonl}: a line for every probe that is done, which a resumed run need not train again. */
final class FewShotLog implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final List<FewShotCell> known;
    private final BufferedWriter writer;

    private FewShotLog(Path file, List<FewShotCell> known, BufferedWriter writer) {
        this.file = file;
        this.known = known;
        this.writer = writer;
    }

    /**
     * Opens the log; a last line that was cut short is dropped.
     *
     * @throws ClapException if it cannot be read or written, or holds something else
     */
    static FewShotLog open(Path file) {
        try {
            List<FewShotCell> known = Files.exists(file) ? read(file) : List.of();
            return new FewShotLog(
                    file,
                    known,
                    Files.newBufferedWriter(
                            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new ClapException("Cannot write " + file + ": " + e, e);
        }
    }

    private static List<FewShotCell> read(Path file) throws IOException {
        String text = Files.readString(file);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (whole.length() < text.length()) {
            AtomicFiles.writeString(file, whole);
        }
        List<FewShotCell> cells = new ArrayList<>();
        for (String line : whole.lines().toList()) {
            try {
                cells.add(JSON.readValue(line, FewShotCell.class));
            } catch (JsonProcessingException e) {
                throw new ClapException(
                        "Line " + (cells.size() + 1) + " of " + file + " is no result of a probe, " + JsonReasons.of(e)
                                + "; start anew with --overwrite",
                        e);
            }
        }
        return cells;
    }

    /** What was in it when it was opened. */
    List<FewShotCell> known() {
        return known;
    }

    /** Adds a line. */
    synchronized void add(FewShotCell cell) {
        try {
            writer.write(JSON.writeValueAsString(cell) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new ClapException("Cannot write " + file + ": " + e, e);
        }
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
