package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.checkpoint.Checkpoint;
import dev.clap4j.evaluation.Dataset;
import dev.clap4j.evaluation.bench.Benchmark;
import dev.clap4j.evaluation.bench.Jobs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clap bench}: how fast this machine is. */
@Command(
        name = "bench",
        description = {
            "Time whole jobs of a model on this machine: encoders, image files, training, gradients of images.",
            "Limit is how much of the rate that the same engine reaches on plain matrix products; what else the machine does"
                    + " meanwhile slows both down."
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {
    @Mixin
    private CheckpointOption model;

    @Mixin
    private EngineOption engine;

    @Mixin
    private PrecisionOption precision;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Images, <domain>/<class>/<image>, for the jobs that need some; these are left out otherwise.")
    private Path data;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            paramLabel = "S",
            description = "About how long each job is repeated; its median counts (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (!(seconds >= 0 && seconds <= 3600)) {
            throw new ClapException("--seconds is a time between 0 and 3600, not " + seconds);
        }
        PrintWriter err = spec.commandLine().getErr();
        Dataset images = null;
        if (data != null) {
            try (Warnings warnings = new Warnings(err)) {
                images = Dataset.read(data, warnings);
            }
        }
        Checkpoint checkpoint = model.open(err);
        precision.report(checkpoint, err);
        Benchmark benchmark = new Jobs(checkpoint, precision.applyTo(engine.create()), images, seconds).run(job -> {
            err.println("clap: timing " + job + " ...");
            err.flush();
        });
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(out, benchmark);
        } else {
            out.println(table(benchmark));
        }
    }

    private static String table(Benchmark benchmark) {
        Table table = Table.of("Job", "Value", "Unit", "Limit");
        for (Benchmark.Row row : benchmark.rows()) {
            table.row(
                    row.job(),
                    String.format(Locale.ROOT, row.value() < 10 ? "%.2f" : "%.1f", row.value()),
                    row.unit(),
                    row.limitShare() == null ? "" : String.format(Locale.ROOT, "%.0f %%", row.limitShare()));
        }
        Benchmark.Machine machine = benchmark.machine();
        return table
                + System.lineSeparator()
                + String.format(
                        Locale.ROOT,
                        "%s on %s, %d threads, %.1f GiB, Java %s%s",
                        benchmark.model(),
                        machine.processor(),
                        machine.threads(),
                        machine.memoryGib(),
                        machine.java(),
                        machine.load() == null
                                ? ""
                                : String.format(Locale.ROOT, "; load %.1f at the start", machine.load()));
    }
}
