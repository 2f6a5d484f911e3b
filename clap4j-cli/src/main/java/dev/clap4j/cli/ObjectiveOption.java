package dev.clap4j.cli;

import dev.clap4j.training.PromptedImages;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** {@code --objective}: whether a head is trained on text or on images, and what the latter needs. */
final class ObjectiveOption {
    /** The training objectives. */
    enum Kind {
        CLAP,
        IM_AUG
    }

    private static final List<String> OF_TEXT =
            List.of("--prompts", "--noise", "--noise-vectors", "--noise-std", "--tau-content", "--lambda");
    private static final List<String> OF_IMAGES = List.of("--images", "--views", UnreadableOption.NAME);

    @Option(
            names = "--objective",
            paramLabel = "clap|im-aug",
            defaultValue = "clap",
            description = "What is learned: clap, from prompts, or im-aug, the paper's baseline, from images and random"
                    + " views of them (default: ${DEFAULT-VALUE}).")
    private Kind kind;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "The images of im-aug, DIR/<class>/<prompt>/<image>, as clap synthesize makes them; their"
                    + " classes are those to train on unless some are named.")
    private Path images;

    boolean isImAug() {
        return kind == Kind.IM_AUG;
    }

    /** Refuses options that would have no effect, and images that are missing. */
    void check(ParseResult given) {
        for (String option : isImAug() ? OF_TEXT : OF_IMAGES) {
            WrongUse.when(
                    given.hasMatchedOption(option),
                    option + " is for --objective " + (isImAug() ? "clap" : "im-aug") + " alone");
        }
        WrongUse.when(
                isImAug() && images == null,
                "--objective im-aug is trained on images; name their folder with --images. clap synthesize makes some.");
    }

    /** The images of the given classes, or of all there are. */
    PromptedImages images(Optional<List<String>> classes, PrintWriter err) {
        try (Warnings warnings = new Warnings(err)) {
            return classes.map(names -> PromptedImages.read(images, names, warnings))
                    .orElseGet(() -> PromptedImages.read(images, warnings));
        }
    }
}
