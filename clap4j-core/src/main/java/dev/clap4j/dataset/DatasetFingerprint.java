package dev.clap4j.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileDigests;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Tells data sets apart: by the paths of their images in the folder, their classes and their content. */
public final class DatasetFingerprint {
    private DatasetFingerprint() {}

    /**
     * 32 hexadecimal digits, the same wherever the folder lies. Every image is read, unless its digest is remembered, see
     * {@link FileDigests}.
     */
    public static String of(Dataset data) {
        Path root = data.root().toAbsolutePath();
        return Digests.of(data.domains().stream()
                .flatMap(domain -> domain.images().stream())
                .parallel()
                .map(image -> root.relativize(image.path().toAbsolutePath()) + " "
                        + data.classes().get(image.label()) + " " + content(image.path()) + "\n")
                .collect(Collectors.joining()));
    }

    /** Nothing for a file that cannot be read: why, whoever decodes it will say. */
    private static String content(Path file) {
        try {
            return FileDigests.ofUser().of(file);
        } catch (ClapException e) {
            return "";
        }
    }
}
