package dev.clap4j.cli;

import dev.clap4j.StoppedException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.evaluation.attack.AttackMethod;
import dev.clap4j.evaluation.attack.AttackOptions;
import dev.clap4j.evaluation.attack.AttackPlot;
import dev.clap4j.evaluation.attack.AttackProtocol;
import dev.clap4j.evaluation.attack.AttackReport;
import dev.clap4j.internal.clip.ClipModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clap attack}: how robust CLIP and CLAP are to adversarial attacks. */
@Command(
        name = "attack",
        description = {
            "Measure how CLIP and CLAP withstand adversarial attacks.",
            "An attack changes pixels slightly, so as to change the answer. The folder gets attack.json,"
                    + " batches.jsonl (every image under every attack) and a picture for each method. A run that was"
                    + " stopped continues after its last finished batch with --resume."
        },
        mixinStandardHelpOptions = true)
final class AttackCommand implements Callable<Integer>, Interruptible {
    @Mixin
    private ModelOption model;

    @Mixin
    private HeadsOption heads;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The images: <domain>/<class>/<image>, or <class>/<image> for a single domain.")
    private Path data;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private AttackingOptions attacking;

    @Mixin
    private RunOption run;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public String kept() {
        return run.kept();
    }

    @Override
    public String kept(StoppedException stopped) {
        return stopped.part().equals("gradients") ? "the finished batches are safe in " + run.folder() : kept();
    }

    @Override
    public boolean isBegun() {
        return run.isBegun();
    }

    @Override
    public Integer call() {
        AttackOptions options = attacking.resolve();
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressBar progress = ProgressBar.open();
                ClipModel clip = model.load(err)) {
            Dataset dataset = unreadable.readable(DataOption.read(data, err), err);
            try (ComparedMethods methods = ComparedMethods.of(heads.load(spec.commandLine(), clip), clip.engine())) {
                return attack(clip, dataset, methods.toAttack(), options, progress);
            }
        }
    }

    private int attack(
            ClipModel clip, Dataset dataset, List<AttackMethod> methods, AttackOptions options, ProgressBar progress) {
        AttackReport report = new AttackProtocol(clip, dataset, methods, options, progress)
                .run(run.folder(), run.start(), CommandLineText.of(spec));
        progress.rest();
        AttackPlot.of(List.of(report)).write(run.folder(), "robustness");
        print(report, spec.commandLine().getOut());
        return Clap.DONE;
    }

    private void print(AttackReport report, PrintWriter out) {
        if (json.wanted()) {
            unreadable.print(out, report);
            return;
        }
        out.println(AttackTable.of(report));
        unreadable.note(out);
        report.pictures()
                .forEach(picture -> out.println("Picture: " + run.folder().resolve(picture)));
        out.println("Plot: " + run.folder().resolve("robustness.png"));
        report.warnings().forEach(warning -> spec.commandLine().getErr().println("clap: " + warning));
    }
}
