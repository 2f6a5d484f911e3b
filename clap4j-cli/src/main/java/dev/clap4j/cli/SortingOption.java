package dev.clap4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --sort-into}, {@code --link} and {@code --dry-run}: the sorting of images into folders of their classes. */
final class SortingOption {
    @ArgGroup(exclusive = false)
    private Into into;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private static final class Into {
        @Option(
                names = "--sort-into",
                required = true,
                paramLabel = "DIR",
                description =
                        "Copy each image into the folder of its class in DIR. Nothing is replaced: an image that is"
                                + " there already is skipped, and another one of the same name gets a new name.")
        private Path folder;

        @Option(names = "--link", description = "Link the images instead of copying them.")
        private boolean link;

        @Option(names = "--dry-run", description = "Only say where the images would be put.")
        private boolean dryRun;

        ClassFolders.Way way() {
            return dryRun ? ClassFolders.Way.DRY_RUN : link ? ClassFolders.Way.LINK : ClassFolders.Way.COPY;
        }
    }

    boolean given() {
        return into != null;
    }

    /**
     * Does some work with the folders open, if images are to be sorted, and says in the end what was put there.
     *
     * @param labels of the images
     * @param work says whether it was stopped
     */
    boolean with(List<String> labels, Predicate<Optional<ClassFolders>> work) {
        if (into == null) {
            return work.test(Optional.empty());
        }
        ClassFolders folders = ClassFolders.open(into.folder, labels, into.way());
        try (folders) {
            return work.test(Optional.of(folders));
        } finally {
            command.commandLine().getErr().println("clap: " + into.folder + ": " + folders.summary());
        }
    }
}
