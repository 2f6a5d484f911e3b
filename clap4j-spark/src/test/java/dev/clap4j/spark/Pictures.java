package dev.clap4j.spark;

import dev.clap4j.Progress;
import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.dataset.DatasetBuilder;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Pictures drawn by icon world, {@code domain/class/number.png}. */
public final class Pictures {
    private static final int CONCEPTS = 12;

    private static Path folder;

    private Pictures() {}

    /** Returns the folder of the pictures, which are drawn once. */
    public static synchronized Path folder() {
        if (folder == null) {
            try {
                folder = Files.createTempDirectory(Path.of("target").toRealPath(), "pictures");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            BuildOptions options = new BuildOptions(
                    BuildOptions.Split.TEST,
                    List.of(IconSet.NOTO, IconSet.FXEMOJI),
                    BuildOptions.Domains.ICON_SETS,
                    CONCEPTS,
                    2,
                    64,
                    7);
            DatasetBuilder.build(options, folder, Progress.NONE);
        }
        return folder;
    }

    /** Returns the files, in order. */
    public static List<Path> files() {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of the classes, which are folders. */
    public static List<String> classes() {
        return Concept.ALL.stream().limit(CONCEPTS).map(Concept::name).toList();
    }
}
