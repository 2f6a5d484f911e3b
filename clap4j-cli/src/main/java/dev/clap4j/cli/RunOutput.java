package dev.clap4j.cli;

import dev.clap4j.report.Format;
import dev.clap4j.report.Report;
import dev.clap4j.report.ResultTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Prints the scores of runs: as tables for people, or as rows for machines.
 *
 * @param spec the command
 * @param json whether rows are wanted
 */
record RunOutput(CommandSpec spec, JsonOption json) {
    /** Prints the scores of a measurement and writes its plots. */
    void measurement(Path folder, boolean isKept) {
        Report report = Report.read(List.of(folder));
        if (isKept) {
            report.writePlots(folder);
        }
        print(report, report.details());
        if (isKept && !json.wanted()) {
            out().println("Scores and plots are in " + folder);
        }
    }

    /** Prints the comparison of methods and writes the page. */
    void comparison(List<Path> folders, Path page, OpenOption open) {
        Report report = written(folders, page);
        print(report, report.summary());
        named(page);
        open.show(page, err());
    }

    /** Prints the comparison of methods in some notation, and nothing else unless it is for people. */
    void comparison(List<Path> folders, Path page, OpenOption open, Format format) {
        Report report = written(folders, page);
        if (format == Format.TERMINAL) {
            print(report, report.comparisons());
            named(page);
        } else {
            out().println(report.render(format, Integer.MAX_VALUE));
        }
        open.show(page, err());
    }

    private Report written(List<Path> folders, Path page) {
        Report report = Report.read(folders);
        report.repeats().forEach(repeated -> err().println("clap: " + repeated));
        report.write(page);
        return report;
    }

    private void named(Path page) {
        if (!json.wanted()) {
            out().println("Report: " + page);
        }
    }

    private void print(Report report, List<ResultTable> tables) {
        if (json.wanted()) {
            report.rows().forEach(row -> JsonOption.printLine(out(), row));
            report.doubts().forEach(doubt -> err().println("clap: " + doubt));
        } else {
            int columns = Screen.ofProcess().columns();
            out().println(Format.TERMINAL.text(tables, columns));
            if (!report.paragraph().isEmpty()) {
                out().println();
                out().println(report.paragraph(columns));
            }
        }
    }

    /** Returns where notes on the scores belong: below tables, but not among rows. */
    PrintWriter notes() {
        return json.wanted() ? err() : out();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
