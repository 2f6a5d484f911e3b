package dev.clap4j.cli;

import dev.clap4j.Classification;
import dev.clap4j.Prediction;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --threshold} and {@code --top}: the classes shown of each image. */
final class ShownClassesOption {
    @Option(
            names = "--threshold",
            defaultValue = "0",
            paramLabel = "P",
            description =
                    "Show only classes with at least this probability, from 0 to 1. An image without one is shown as"
                            + " '" + ClassifiedImage.NONE + "', in JSON by the label null.")
    private double threshold;

    @Option(
            names = "--top",
            defaultValue = "1",
            paramLabel = "K",
            description = "Show the K best classes (default: ${DEFAULT-VALUE}).")
    private int top;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * Returns the labels that an image may get: the classes and, with a threshold, {@link ClassifiedImage#NONE}.
     *
     * @throws ParameterException if a number is out of range, or a class has the name of none
     */
    List<String> labels(List<String> classes) {
        require(top >= 1, "--top should be at least 1, not " + top);
        require(threshold >= 0 && threshold <= 1, "--threshold is a probability from 0 to 1, not " + threshold);
        require(
                !isThreshold() || !classes.contains(ClassifiedImage.NONE),
                "With --threshold, no class can be named \"" + ClassifiedImage.NONE + "\"");
        List<String> labels = new ArrayList<>(classes);
        if (isThreshold()) {
            labels.add(ClassifiedImage.NONE);
        }
        return labels;
    }

    private void require(boolean met, String message) {
        if (!met) {
            throw new ParameterException(command.commandLine(), message);
        }
    }

    /** Returns whether images may be of none of the classes. */
    boolean isThreshold() {
        return threshold > 0;
    }

    /** Returns the classes shown of an image, best first. */
    List<Prediction> of(Classification image) {
        return image.top(top, threshold);
    }
}
