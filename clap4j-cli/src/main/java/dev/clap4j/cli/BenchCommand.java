package dev.clap4j.cli;

import dev.clap4j.benchmark.Benchmark;
import dev.clap4j.benchmark.Machine;
import dev.clap4j.benchmark.Scaling;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.internal.onnx.OrtEngine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private ModelOption model;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Images, <domain>/<class>/<image>, for files and gradients; these are left out otherwise.")
    private Path data;

    @Option(
            names = "--jobs",
            split = ",",
            paramLabel = "products|images|files|texts|training|gradients",
            description = "The jobs, separated by commas (default: all).")
    private Set<Benchmark.Job> jobs;

    @Mixin
    private UnreadableOption unreadable;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            paramLabel = "S",
            description = "About how long each job is repeated; its median counts. A job that takes longer runs once"
                    + " (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--scaling",
            paramLabel = "DIR",
            description =
                    "Time growing numbers of images and of texts instead, and plot the times there: scaling.png, .svg"
                            + " and .json.")
    private Path scaling;

    @Mixin
    private Output output;

    @Override
    public void run() {
        WrongUse.when(!(seconds >= 0 && seconds <= 3600), "--seconds is a time between 0 and 3600, not " + seconds);
        WrongUse.when(jobs != null && scaling != null, "--jobs does not go with --scaling");
        WrongUse.when(
                data == null && jobs != null && jobs.stream().anyMatch(Benchmark.Job::isOnFiles),
                "The jobs files and gradients need images: give --data");
        PrintWriter err = output.err();
        Dataset images = data == null ? null : unreadable.readable(DataOption.read(data, err), err);
        OrtEngine runs = model.engine(err);
        Checkpoint checkpoint = model.open(runs, err);
        Consumer<String> begun = job -> output.note("timing " + job + " ...");
        if (scaling != null) {
            print(Scaling.measure(checkpoint, runs, seconds, begun));
        } else {
            Benchmark benchmark = Benchmark.run(checkpoint, runs, jobs(), images, seconds, begun);
            unreadable.print(output, benchmark, table(benchmark));
        }
    }

    private Set<Benchmark.Job> jobs() {
        return jobs != null
                ? jobs
                : Stream.of(Benchmark.Job.values())
                        .filter(job -> data != null || !job.isOnFiles())
                        .collect(Collectors.toSet());
    }

    private void print(Scaling measured) {
        FolderLock.holding(scaling, () -> {
            measured.figure().write(scaling, "scaling");
            AtomicFiles.writeString(scaling.resolve("scaling.json"), Output.text(measured) + System.lineSeparator());
        });
        Table table = Table.of("Encoded", "Number", "Seconds", "A second");
        measured.images().forEach(point -> row(table, "images", point));
        measured.texts().forEach(point -> row(table, "texts", point));
        output.print(measured, table);
    }

    private static void row(Table table, String what, Scaling.Point point) {
        table.row(
                what,
                point.count(),
                Table.cell("%.2f", point.seconds()),
                Table.cell("%.1f", point.count() / point.seconds()));
    }

    private static String table(Benchmark benchmark) {
        Table table = Table.of("Job", "Value", "Unit", "Limit");
        for (Benchmark.Row row : benchmark.rows()) {
            table.row(
                    row.job(),
                    Table.cell(row.value() < 10 ? "%.2f" : "%.1f", row.value()),
                    row.unit(),
                    row.limitShare() == null ? "" : Table.cell("%.0f %%", row.limitShare()));
        }
        Machine machine = benchmark.machine();
        String load = machine.load() == null ? "" : Table.cell("; load %.1f at the start", machine.load());
        return table
                + System.lineSeparator()
                + Table.cell(
                        "%s on %s%s, %d threads, %.1f GiB, Java %s%s",
                        benchmark.model(),
                        machine.processor(),
                        machine.instructions().isEmpty() ? "" : " (" + String.join(", ", machine.instructions()) + ")",
                        machine.threads(),
                        machine.memoryGib(),
                        machine.java(),
                        load);
    }
}
