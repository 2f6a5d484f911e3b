package dev.clap4j.report;

import dev.clap4j.internal.io.AtomicFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The results of run directories, as tables, as tidy rows, in words and as an HTML page. */
public final class Report {
    private final List<Path> folders;

    private Report(List<Path> folders) {
        this.folders = folders;
    }

    /**
     * Reads runs.
     *
     * @param folders run directories, or folders that contain them
     * @throws dev.clap4j.ClapException if a folder has no runs, or a file of a run cannot be read
     */
    public static Report read(List<Path> folders) {
        return new Report(folders);
    }

    /** Returns the comparison of methods: a table for each data set, or one for a sweep. */
    public List<ResultTable> summary() {
        return List.of();
    }

    /** Returns the tables of each measurement, and what casts doubt on them. */
    public List<ResultTable> details() {
        return List.of();
    }

    /** Returns the answer in one paragraph. */
    public String paragraph() {
        return "";
    }

    /** Returns all scores as rows, see {@link dev.clap4j.experiment.Score#row}; if there are several runs, with the run. */
    public List<Map<String, Object>> rows() {
        return List.of();
    }

    /**
     * Returns the summary in some notation: on a terminal with the paragraph below, in HTML a self-contained page.
     *
     * @param width the most columns of a terminal; other formats ignore it
     */
    public String render(Format format, int width) {
        return format.text(summary(), width);
    }

    /**
     * Writes a self-contained HTML file.
     *
     * @throws dev.clap4j.ClapException if it cannot be written, or an image of a run cannot be read
     */
    public void write(Path file) {
        AtomicFiles.writeString(file, render(Format.HTML, 0) + folders);
    }
}
