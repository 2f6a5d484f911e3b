package dev.clap4j.cli;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.PublishedNumbers;
import dev.clap4j.internal.checkpoint.PublishedNumbers.Check;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code clap checkpoint verify}: holds a checkpoint against published numbers. */
@Command(
        name = "verify",
        description = {
            "Compare a checkpoint with published numbers that need no picture.",
            "Every weight is read. The exit code is 1 if a number differs: of weights that were trained further or"
                    + " saved anew, the hash does."
        },
        mixinStandardHelpOptions = true)
final class CheckpointVerifyCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIR|FILE|NAME",
            description = "The checkpoint: a folder, a file of weights, or the name of a model to download.")
    private String model;

    @Mixin
    private GeometryOption geometry;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Checkpoint checkpoint = Checkpoint.open(NamedModel.find(model, output.err()), geometry.hints());
        List<Check> checks = PublishedNumbers.of(checkpoint);
        Table table = Table.of("number", "here", "published", "");
        checks.forEach(check ->
                table.row(check.name(), check.found(), check.published(), check.agrees() ? "agrees" : "differs"));
        output.print(checks, table);
        if (checks.size() <= 1) {
            output.note("all weights are finite; beyond that, only of OpenAI's models are numbers known");
        }
        return checks.stream().allMatch(Check::agrees) ? Clap.DONE : Clap.FAILED;
    }
}
