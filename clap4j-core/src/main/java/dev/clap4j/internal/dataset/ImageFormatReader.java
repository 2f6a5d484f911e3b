package dev.clap4j.internal.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A kind of file that holds images, found by {@link java.util.ServiceLoader}. The artifact {@code clap4j-parquet} has one.
 */
public interface ImageFormatReader {
    /**
     * Returns the images of a file; empty if it is of another kind.
     *
     * @param start the first bytes of the file
     */
    Optional<ImageSource> read(Path file, byte[] start);
}
