package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.IoReasons;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** The folder of an index: opened, and its errors in words. */
record IndexFolder(Path path) {
    /** The key of the index's description among the data of a commit. */
    private static final String DESCRIPTION = "clap4j";

    /** The beginning of the names of files that only an index has. */
    private static final String COMMIT = "segments_";

    /** Work with the files of an index. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does work with the files of the index.
     *
     * @throws ClapException if there is no index, it is damaged, or cannot be read or written
     */
    <T> T use(Work<T> work) {
        try {
            return run(work);
        } catch (IndexNotFoundException e) {
            throw new ClapException("There is no index in " + path + "; pictures are to be indexed first", e);
        } catch (CorruptIndexException | IndexFormatTooNewException | IndexFormatTooOldException e) {
            throw damaged(e);
        } catch (EOFException | NoSuchFileException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw new ClapException("Cannot use the index " + path + ": " + IoReasons.of(e), e);
        } catch (AlreadyClosedException e) {
            // A writer closes itself when a merge fails or its lock was overwritten; an index that its user closed is
            // the
            // user's mistake.
            if (e.getCause() == null && !String.valueOf(e.getMessage()).contains("lock file")) {
                throw e;
            }
            throw damaged(e);
        } catch (IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException
                | NegativeArraySizeException
                | ArithmeticException
                | AssertionError e) {
            // Lucene takes some damage for a mistake of its own.
            throw damaged(e);
        }
    }

    private static <T> T run(Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private ClapException damaged(Throwable e) {
        return new ClapException(
                "The index " + path + " is damaged (" + e.getClass().getSimpleName()
                        + "); delete the folder and index the pictures again",
                e);
    }

    Directory open() throws IOException {
        if (!Files.isDirectory(path)) {
            throw new IndexNotFoundException(path.toString());
        }
        return FSDirectory.open(path);
    }

    /**
     * Checks that an index may be made or updated here.
     *
     * @throws ClapException if the folder holds anything but an index
     */
    void requireIndexOrNothing() {
        if (!Files.exists(path)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw new ClapException("An index is a folder, but " + path + " is a file; choose another name");
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> all = files.filter(file -> !AtomicFiles.isPassing(file)).toList();
            boolean index = all.stream()
                    .anyMatch(file -> String.valueOf(file.getFileName()).startsWith(COMMIT));
            if (!index && all.stream().anyMatch(file -> !isBegun(file))) {
                throw new ClapException(
                        "The folder " + path + " holds other files than an index; choose another one for the index");
            }
        } catch (IOException e) {
            throw new ClapException("Cannot list the folder " + path + ": " + IoReasons.of(e), e);
        } catch (UncheckedIOException e) {
            throw new ClapException("Cannot list the folder " + path + ": " + IoReasons.of(e.getCause()), e);
        }
    }

    /** Returns whether a file can be one of an index whose first commit was not finished. */
    private static boolean isBegun(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals("write.lock") || name.startsWith("pending_segments_") || name.startsWith("_");
    }

    /**
     * Returns the description of the index that a reader sees.
     *
     * @throws IllegalArgumentException if the reader's index is none of clap4j
     */
    static IndexInfo info(DirectoryReader reader) throws IOException {
        String description = reader.getIndexCommit().getUserData().get(DESCRIPTION);
        if (description == null) {
            throw new IllegalArgumentException("it has no description");
        }
        return IndexInfo.fromJson(description);
    }

    /** Returns the data of a commit. */
    static Map<String, String> commitData(IndexInfo info) {
        return Map.of(DESCRIPTION, info.toJson());
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
