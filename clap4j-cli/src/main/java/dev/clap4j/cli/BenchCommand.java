package dev.clap4j.cli;

import dev.clap4j.benchmark.Benchmark;
import dev.clap4j.benchmark.Machine;
import dev.clap4j.benchmark.Scaling;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FolderLock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clap bench}: how fast this machine is. */
@Command(
        name = "bench",
        description = {
            "Time whole jobs of a model on this machine.",
            "The jobs are encoding, reading image files, training, and gradients of images. Limit is the"
                    + " share of the rate that the same engine reaches on plain matrix products; other programs running"
                    + " at the same time slow both down."
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

    @Mixin
    private UnreadableOption unreadable;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            paramLabel = "S",
            description = "About how long each job is repeated; its median counts (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--scaling",
            paramLabel = "DIR",
            description =
                    "Time growing numbers of images and of texts instead, and plot the times there: scaling.png, .svg"
                            + " and .json.")
    private Path scaling;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (!(seconds >= 0 && seconds <= 3600)) {
            throw new ParameterException(spec.commandLine(), "--seconds is a time between 0 and 3600, not " + seconds);
        }
        PrintWriter err = spec.commandLine().getErr();
        Dataset images = data == null ? null : unreadable.readable(DataOption.read(data, err), err);
        Checkpoint checkpoint = model.open(err);
        precision.report(checkpoint, err);
        Engine runs = precision.applyTo(engine.create());
        Consumer<String> begun = job -> {
            err.println("clap: timing " + job + " ...");
            err.flush();
        };
        PrintWriter out = spec.commandLine().getOut();
        if (scaling != null) {
            print(out, Scaling.measure(checkpoint, runs, seconds, begun));
            return;
        }
        Benchmark benchmark = Benchmark.run(checkpoint, runs, images, seconds, begun);
        if (json.wanted()) {
            unreadable.print(out, benchmark);
        } else {
            out.println(table(benchmark));
        }
    }

    private void print(PrintWriter out, Scaling measured) {
        String text = JsonOption.text(measured);
        FolderLock.holding(scaling, () -> {
            measured.figure().write(scaling, "scaling");
            AtomicFiles.writeString(scaling.resolve("scaling.json"), text + System.lineSeparator());
        });
        if (json.wanted()) {
            out.println(text);
            return;
        }
        Table table = Table.of("Encoded", "Number", "Seconds", "A second");
        measured.images().forEach(point -> row(table, "images", point));
        measured.texts().forEach(point -> row(table, "texts", point));
        out.println(table);
    }

    private static void row(Table table, String what, Scaling.Point point) {
        table.row(
                what,
                String.valueOf(point.count()),
                String.format(Locale.ROOT, "%.2f", point.seconds()),
                String.format(Locale.ROOT, "%.1f", point.count() / point.seconds()));
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
        Machine machine = benchmark.machine();
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
