package dev.clap4j.report;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results of run directories, as tables, as tidy rows, in words and as an HTML page. */
public final class Report {
    /** The longest line of a paragraph on a terminal. */
    private static final int LINE = 80;

    /** The bytes of a page in which its title stands. */
    private static final int START = 1024;

    private final List<SavedRun> runs = new ArrayList<>();
    private final List<Chapter> chapters;
    private final List<String> repeats = new ArrayList<>();

    private Report(List<SavedRun> all) {
        for (SavedRun run : all) {
            runs.stream()
                    .filter(run::repeats)
                    .findFirst()
                    .ifPresentOrElse(
                            first -> repeats.add(run.folder() + " repeats " + first.folder()
                                    + " with the same results; it is left out"),
                            () -> runs.add(run));
        }
        this.chapters = Section.of(runs).stream().map(Chapter::of).toList();
    }

    /**
     * Reads runs.
     *
     * @param folders run directories, or folders that contain them
     * @throws dev.clap4j.ClapException if a folder has no runs, or a file of a run cannot be read
     */
    public static Report read(List<Path> folders) {
        return new Report(RunReader.find(folders));
    }

    /** Returns sentences on the runs that were left out because they repeat others with the same results. */
    public List<String> repeats() {
        return List.copyOf(repeats);
    }

    /** Returns the comparison of methods: a table for each data set, and one for each sweep. */
    public List<ResultTable> summary() {
        return tables(Chapter::summary).toList();
    }

    /** Returns the summary, then the differences between methods: a table for each pair, if there are several pairs. */
    public List<ResultTable> comparisons() {
        return Stream.concat(tables(Chapter::summary), tables(Chapter::pairs)).toList();
    }

    /** Returns the tables of each measurement, and what casts doubt on them. */
    public List<ResultTable> details() {
        return tables(Chapter::details).toList();
    }

    /** Returns tables of all chapters, whose titles name the chapter if there are several. */
    private Stream<ResultTable> tables(Function<Chapter, List<ResultTable>> of) {
        return chapters.stream().flatMap(chapter -> of.apply(chapter).stream()
                .map(table -> chapters.size() > 1 ? table.under(chapter.title()) : table));
    }

    /** Returns reasons to doubt values, which are part of {@link #details}. */
    public List<String> doubts() {
        return parts().flatMap(part -> part.doubts().stream()).toList();
    }

    private Stream<Chapter.Part> parts() {
        return chapters.stream().flatMap(chapter -> chapter.parts().stream());
    }

    /** Returns the answer in one paragraph. */
    public String paragraph() {
        return chapters.isEmpty()
                ? "Nothing was measured in these runs; the page lists what was trained."
                : chapters.stream().map(Chapter::answer).collect(Collectors.joining(" "));
    }

    /** Returns tables of this report, and the answer below them, for reading on a terminal of so many columns. */
    public String text(List<ResultTable> tables, int width) {
        String end = System.lineSeparator();
        String answer = String.join(end, DisplayWidth.wrap(paragraph(), Math.min(width, LINE)));
        return Format.TERMINAL.text(tables, width) + end + end + answer;
    }

    /** Returns all scores as rows, see {@link dev.clap4j.experiment.Score#row}; if there are several runs, with the run. */
    public List<Map<String, Object>> rows() {
        boolean several = runs.stream().filter(run -> !run.scores().isEmpty()).count() > 1;
        List<Map<String, Object>> rows = new ArrayList<>();
        runs.forEach(run -> run.scores().forEach(score -> {
            Map<String, Object> row = new LinkedHashMap<>();
            if (several) {
                row.put("run", run.folder().toString());
            }
            row.putAll(score.row());
            rows.add(row);
        }));
        return rows;
    }

    /**
     * Returns the results in some notation: on a terminal the summary, the differences and the paragraph, in HTML a
     * self-contained page, else all tables.
     *
     * @param width the most columns of a terminal; other formats ignore it
     */
    public String render(Format format, int width) {
        return switch (format) {
            case HTML -> Page.html(chapters, runs, paragraph());
            case TERMINAL -> text(comparisons(), width);
            case MARKDOWN, CSV, LATEX ->
                format.text(
                        Stream.concat(comparisons().stream(), details().stream())
                                .distinct()
                                .toList(),
                        width);
        };
    }

    /** Returns whether a file is a page that {@link #write} has written. */
    public static boolean isPage(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream content = Files.newInputStream(file)) {
            return new String(content.readNBytes(START), StandardCharsets.UTF_8).contains("<title>" + Page.TITLE);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Writes a self-contained HTML file.
     *
     * @throws dev.clap4j.ClapException if it cannot be written
     */
    public void write(Path file) {
        AtomicFiles.writeString(file, render(Format.HTML, 0));
    }

    /**
     * Writes all plots as PNG and SVG.
     *
     * @throws dev.clap4j.ClapException if one cannot be written
     */
    public void writePlots(Path folder) {
        parts().forEach(part -> part.figures().forEach((name, figure) -> figure.write(folder, name)));
    }
}
