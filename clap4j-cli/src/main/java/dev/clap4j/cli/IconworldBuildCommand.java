package dev.clap4j.cli;

import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.dataset.DatasetBuilder;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.internal.io.FolderLock;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap iconworld build}: a data set. */
@Command(
        name = "build",
        description = {
            "Write a data set folder: <domain>/<class>/<image>.png, and captions.jsonl.",
            "The same options give the same pictures on the same version of Java. An interrupted build goes on where it"
                    + " was."
        },
        mixinStandardHelpOptions = true)
final class IconworldBuildCommand implements Runnable, Interruptible {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder: new, or of such a build.")
    private Path out;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "train|test",
            description = "train: things in the colours, sizes and kinds of picture that are usual for each, as in"
                    + " pre-training; test: all equally often, in other pictures (default: ${DEFAULT-VALUE}).")
    private BuildOptions.Split split;

    enum Sets {
        ALL,
        SEEN,
        UNSEEN
    }

    @Option(
            names = "--sets",
            paramLabel = "all|seen|unseen",
            description = "Whose drawings: of all sets, of those that pre-training sees, or of those it does not"
                    + " (default: seen for train, all for test).")
    private Sets sets;

    enum Domains {
        SETS,
        TYPES
    }

    @Option(
            names = "--domains",
            defaultValue = "sets",
            paramLabel = "sets|types",
            description = "Domains are icon sets, or image types (default: ${DEFAULT-VALUE}).")
    private Domains domains;

    @Option(
            names = "--concepts",
            defaultValue = "" + Concept.EVALUATED,
            paramLabel = "N",
            description = "How many things are the classes (default: ${DEFAULT-VALUE}, those of the quickstart).")
    private int concepts;

    @Option(
            names = "--per-class",
            defaultValue = "8",
            paramLabel = "K",
            description = "Pictures of each class in each domain (default: ${DEFAULT-VALUE}).")
    private int perClass;

    @Option(
            names = "--image-size",
            defaultValue = "64",
            paramLabel = "PIXELS",
            description = "The side of a picture (default: ${DEFAULT-VALUE}, the mini CLIP's).")
    private int imageSize;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "S",
            description = "Seed of all pictures (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private Output output;

    private record Built(String folder, List<String> domains, int classes, long pictures) {}

    @Override
    public String kept() {
        return "finished pictures are in " + out;
    }

    @Override
    public void run() {
        BuildOptions options = WrongUse.checking(this::options);
        try (ProgressBar progress = ProgressBar.open()) {
            FolderLock.holding(out, () -> DatasetBuilder.build(options, out, progress));
        }
        Built built = new Built(out.toString(), options.domainNames(), options.concepts(), options.pictures());
        output.print(
                built,
                Table.of("data set", "value")
                        .row("folder", built.folder)
                        .row("domains", String.join(", ", built.domains))
                        .row("classes", built.classes)
                        .row("pictures", built.pictures));
    }

    private BuildOptions options() {
        return new BuildOptions(
                split,
                iconSets(),
                domains == Domains.SETS ? BuildOptions.Domains.ICON_SETS : BuildOptions.Domains.IMAGE_TYPES,
                concepts,
                perClass,
                imageSize,
                seed);
    }

    private List<IconSet> iconSets() {
        Sets wanted = sets == null ? (split == BuildOptions.Split.TRAIN ? Sets.SEEN : Sets.ALL) : sets;
        return switch (wanted) {
            case ALL -> List.of(IconSet.values());
            case SEEN -> IconSet.SEEN;
            case UNSEEN -> IconSet.UNSEEN;
        };
    }
}
