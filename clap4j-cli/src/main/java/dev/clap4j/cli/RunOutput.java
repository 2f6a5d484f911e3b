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
        Report report = Report.read(folders);
        report.write(page);
        print(report, report.summary());
        if (!json.wanted()) {
            out().println("Report: " + page);
        }
        open.show(page, spec.commandLine().getErr());
    }

    private void print(Report report, List<ResultTable> tables) {
        if (json.wanted()) {
            report.rows().forEach(row -> JsonOption.printLine(out(), row));
        } else {
            out().println(Format.TERMINAL.text(tables, Screen.ofProcess().columns()));
            out().println();
            out().println(report.paragraph());
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
