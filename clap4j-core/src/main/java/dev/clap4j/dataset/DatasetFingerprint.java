package dev.clap4j.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileDigests;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Fingerprints of data sets: of the relative paths of their images, their classes and their content. */
public final class DatasetFingerprint {
    private DatasetFingerprint() {}

    /**
     * Returns 32 hexadecimal digits that do not depend on the folder's location. Every image is read, unless its digest
     * is cached, see {@link FileDigests}.
     */
    public static String of(Dataset data) {
        return of(data, DatasetFingerprint::content);
    }

    /** Returns the fingerprint of images whose digests are known. */
    static String of(Dataset data, Function<Path, String> digest) {
        Path root = data.root().toAbsolutePath();
        return Digests.of(data.domains().stream()
                .flatMap(domain -> domain.images().stream())
                .parallel()
                .map(image -> root.relativize(image.path().toAbsolutePath()) + " "
                        + data.classes().get(image.label()) + " " + digest.apply(image.path()) + "\n")
                .collect(Collectors.joining()));
    }

    /** Returns an empty digest for an unreadable file; decoding it will report the reason. */
    private static String content(Path file) {
        try {
            return FileDigests.ofUser().of(file);
        } catch (ClapException e) {
            return "";
        }
    }
}
