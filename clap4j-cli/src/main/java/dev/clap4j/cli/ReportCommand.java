package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.report.Format;
import dev.clap4j.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clap report}: what runs found, in one page. */
@Command(
        name = "report",
        description = {
            "Put the results of runs into one self-contained HTML file.",
            "It has tables of CLIP, Im.Aug and CLAP, plots, the published results where model and data set"
                    + " match, and the commands to run it again. Runs that differ only in their seeds and heads are"
                    + " summarised by mean and standard deviation."
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Runnable {
    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Folders of runs, the --out of any command that trains or evaluates;"
                    + " folders below are looked through too.")
    private List<Path> runs;

    @Option(
            names = "--out",
            defaultValue = "report.html",
            paramLabel = "FILE",
            description = "The page (default: ${DEFAULT-VALUE}, or none with --format or --json).")
    private Path out;

    @Option(
            names = "--format",
            defaultValue = "terminal",
            paramLabel = "FORMAT",
            description = "How to print the tables: terminal (the default), markdown, csv, latex (with booktabs), or"
                    + " html, which is the page.")
    private Format format;

    @Mixin
    private OpenOption open;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        String name = String.valueOf(out.getFileName());
        WrongUse.when(
                !name.endsWith(".html") && !name.endsWith(".htm"),
                "The page is HTML: its name should end in .html, not as in " + out);
        WrongUse.when(
                output.isJson() && format != Format.TERMINAL, "--json prints rows, --format tables; give one of them");
        boolean isNamed = spec.commandLine().getParseResult().hasMatchedOption("--out");
        boolean isPrinted = output.isJson() || format != Format.TERMINAL;
        boolean isWritten = isNamed || !isPrinted || open.isWanted();
        if (isWritten && !isNamed && Files.exists(out) && !Report.isPage(out)) {
            throw new ClapException(out + " is there already, and is no report of clap4j; choose a name with --out");
        }
        new RunOutput(output, new UnreadableOption())
                .comparison(runs, Optional.of(out).filter(page -> isWritten), open, format);
    }
}
