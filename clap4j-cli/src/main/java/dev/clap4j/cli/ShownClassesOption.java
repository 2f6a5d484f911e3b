package dev.clap4j.cli;

import dev.clap4j.Classification;
import dev.clap4j.Prediction;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** {@code --threshold} and {@code --top}: the classes shown of each image. */
final class ShownClassesOption {
    @Option(
            names = "--threshold",
            defaultValue = "0",
            paramLabel = "P",
            description =
                    "Show only classes with at least this probability, from 0 to 1. An image without one is shown as"
                            + " '" + ClassifiedRows.Row.NONE + "', in JSON by the label null.")
    private double threshold;

    @Option(
            names = "--top",
            defaultValue = "1",
            paramLabel = "K",
            description = "Show the K best classes (default: ${DEFAULT-VALUE}).")
    private int top;

    /**
     * Returns the labels that an image may get: the classes and, with a threshold, {@link ClassifiedRows.Row#NONE}.
     *
     * @throws WrongUse if a number is out of range, or a class has the name of none
     */
    List<String> labels(List<String> classes) {
        WrongUse.when(top < 1, "--top should be at least 1, not " + top);
        WrongUse.when(
                !(threshold >= 0 && threshold <= 1), "--threshold is a probability from 0 to 1, not " + threshold);
        WrongUse.when(
                isThreshold() && classes.contains(ClassifiedRows.Row.NONE),
                "With --threshold, no class can be named \"" + ClassifiedRows.Row.NONE + "\"");
        return isThreshold()
                ? Stream.concat(classes.stream(), Stream.of(ClassifiedRows.Row.NONE))
                        .toList()
                : classes;
    }

    boolean isThreshold() {
        return threshold > 0;
    }

    List<Prediction> of(Classification image) {
        return image.top(top, threshold);
    }
}
