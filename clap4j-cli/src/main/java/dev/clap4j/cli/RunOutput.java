package dev.clap4j.cli;

import dev.clap4j.report.DisplayWidth;
import dev.clap4j.report.Format;
import dev.clap4j.report.Report;
import dev.clap4j.report.ResultTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Prints the scores of runs: as tables for people, or as rows for machines.
 *
 * @param spec the command
 * @param json whether rows are wanted
 */
record RunOutput(CommandSpec spec, JsonOption json) {
    /** The most columns of a line of text. */
    private static final int LINE = 80;

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
        Report report = Report.read(folders);
        report.write(page);
        print(report, report.summary());
        if (!json.wanted()) {
            out().println("Report: " + page);
        }
        open.show(page, spec.commandLine().getErr());
    }

    /** Prints all tables in a format. */
    void tables(List<Path> folders, Format format) {
        Report report = Report.read(folders);
        List<ResultTable> all = new ArrayList<>(report.summary());
        all.addAll(report.details());
        out().println(format.text(all, Screen.ofProcess().columns()));
    }

    private void print(Report report, List<ResultTable> tables) {
        if (json.wanted()) {
            report.rows().forEach(row -> JsonOption.printLine(out(), row));
        } else {
            int columns = Screen.ofProcess().columns();
            out().println(Format.TERMINAL.text(tables, columns));
            out().println();
            DisplayWidth.wrap(report.paragraph(), Math.min(LINE, columns)).forEach(out()::println);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
