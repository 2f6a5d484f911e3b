package dev.clap4j.cli;

import dev.clap4j.report.Format;
import dev.clap4j.report.Report;
import dev.clap4j.report.ResultTable;
import java.nio.file.Path;
import java.util.List;

/** Prints the scores of runs: as tables for people, or as rows for machines; and which images were left out. */
record RunOutput(Output output, UnreadableOption unreadable) {
    /** Prints the scores of a measurement and writes its plots. */
    void measurement(Path folder, boolean isKept) {
        Report report = Report.read(List.of(folder));
        if (isKept) {
            report.writePlots(folder);
        }
        print(report, report.details());
        if (isKept && !output.isJson()) {
            output.out().println("Scores and plots are in " + folder);
        }
        note();
    }

    /** Prints the comparison of methods and writes the page. */
    void comparison(List<Path> folders, Path page, OpenOption open) {
        Report report = read(folders);
        report.write(page);
        print(report, report.summary());
        written(page, open);
    }

    /** Prints the comparison of methods in some notation and writes the page. */
    void comparison(List<Path> folders, Path page, OpenOption open, Format format) {
        tables(folders, format).write(page);
        if (format == Format.TERMINAL) {
            written(page, open);
        } else {
            open.show(page, output.err());
        }
    }

    /** Prints the comparison of methods in some notation, and nothing else unless it is for people. */
    Report tables(List<Path> folders, Format format) {
        Report report = read(folders);
        if (format == Format.TERMINAL) {
            print(report, report.comparisons());
        } else {
            output.out().println(report.render(format, Integer.MAX_VALUE));
        }
        return report;
    }

    private Report read(List<Path> folders) {
        Report report = Report.read(folders);
        report.repeats().forEach(output::note);
        return report;
    }

    private void written(Path page, OpenOption open) {
        if (!output.isJson()) {
            output.out().println("Report: " + page);
        }
        open.show(page, output.err());
        note();
    }

    private void print(Report report, List<ResultTable> tables) {
        if (output.isJson()) {
            report.rows().forEach(row -> Output.printLine(output.out(), row));
            report.doubts().forEach(output::note);
        } else {
            int columns = Screen.ofProcess().columns();
            output.out().println(Format.TERMINAL.text(tables, columns));
            if (!report.paragraph().isEmpty()) {
                output.out().println();
                output.out().println(report.paragraph(columns));
            }
        }
    }

    /** Notes stand below tables, but not among rows. */
    private void note() {
        unreadable.note(output.isJson() ? output.err() : output.out());
    }
}
