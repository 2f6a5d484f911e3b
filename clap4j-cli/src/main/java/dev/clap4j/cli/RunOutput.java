package dev.clap4j.cli;

import dev.clap4j.report.Format;
import dev.clap4j.report.Report;
import dev.clap4j.report.ResultTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
        print(report, report.summary());
        write(report, page, open);
    }

    /** Prints the comparison of methods in some notation, with their differences, and writes the page if one is wanted. */
    void comparison(List<Path> folders, Optional<Path> page, OpenOption open, Format format) {
        Report report = read(folders);
        if (format == Format.TERMINAL) {
            print(report, report.comparisons());
            page.ifPresent(file -> write(report, file, open));
        } else {
            output.out().println(report.render(format, Integer.MAX_VALUE));
            page.ifPresent(report::write);
            page.ifPresent(file -> open.show(file, output.err()));
        }
    }

    private Report read(List<Path> folders) {
        Report report = Report.read(folders);
        report.repeats().forEach(output::note);
        return report;
    }

    private void write(Report report, Path page, OpenOption open) {
        report.write(page);
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
            output.out().println(report.text(tables, Screen.ofProcess().columns()));
        }
    }

    /** Notes stand below tables, but not among rows. */
    private void note() {
        unreadable.note(output.isJson() ? output.err() : output.out());
    }
}
