package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.IoReasons;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** The folder of an index: opened, and its errors in words. */
record IndexFolder(Path path) {
    /** The key of the index's description among the data of a commit. */
    private static final String DESCRIPTION = "clap4j";

    /** The beginning of the names of files that only an index has. */
    private static final String COMMIT = "segments_";

    /** The name of the first file of a part of an index. */
    private static final Pattern PART = Pattern.compile("_[0-9a-z]+\\.si");

    /** The encoding of the names of files, which the locale chooses. */
    static final String ENCODING = System.getProperty("sun.jnu.encoding", "");

    private static final String WRONG = "a file is not as it was written";

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
            requireCommit();
            throw noIndex(e);
        } catch (IndexFormatTooNewException e) {
            throw otherVersion(e);
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(path)) {
                throw noIndex(e);
            }
            throw damaged("its file " + Path.of(e.getFile()).getFileName() + " is missing", e);
        } catch (EOFException e) {
            throw damaged("a file is too short", e);
        } catch (CorruptIndexException | IndexFormatTooOldException e) {
            // Lucene takes some damage for an old format.
            throw damaged(WRONG, e);
        } catch (IOException e) {
            throw new ClapException("Cannot use the index " + path + ": " + IoReasons.of(e), e);
        } catch (AlreadyClosedException e) {
            // A writer closes itself when a merge fails or its lock was overwritten. That a user closed the index is
            // the
            // user's mistake.
            if (e.getCause() == null && !String.valueOf(e.getMessage()).contains("lock file")) {
                throw e;
            }
            throw damaged(WRONG, e);
        } catch (InvalidPathException e) {
            throw new ClapException(
                    "The index " + path + " has a picture called " + e.getInput() + ", which " + ENCODING
                            + ", the encoding of names here, cannot express; choose a locale of UTF-8, such as C.UTF-8",
                    e);
        } catch (IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException
                | NegativeArraySizeException
                | ArithmeticException
                | AssertionError e) {
            // Lucene takes some damage for a mistake of its own.
            throw damaged(WRONG, e);
        }
    }

    private static <T> T run(Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private ClapException noIndex(Throwable e) {
        String what = "The folder " + path + " holds no index";
        if (!Files.isDirectory(path)) {
            what = Files.exists(path)
                    ? path + " is a file, and an index is a folder"
                    : "There is no index " + path + ": there is no such folder";
        }
        return new ClapException(Problem.NO_INDEX, what, e);
    }

    private ClapException otherVersion(Throwable e) {
        return new ClapException(
                "The index " + path
                        + " was made by another version of clap4j; index the pictures again, in a new folder",
                e);
    }

    private ClapException damaged(String why, Throwable e) {
        return new ClapException(
                "The index " + path + " is damaged: " + why
                        + "; restore the folder from a backup, or delete it and index the pictures again",
                e);
    }

    /** Refuses a folder with parts of an index but no commit, which says what belongs to the index. */
    private void requireCommit() {
        try (Stream<Path> files = Files.list(path)) {
            if (files.anyMatch(IndexFolder::isPart)) {
                throw damaged("its file " + COMMIT + "N is missing", null);
            }
        } catch (IOException | UncheckedIOException e) {
            // There is no such folder, or it is none.
        }
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
     * @throws ClapException if the folder holds anything but an index, or parts of one
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
            if (!index) {
                requireCommit();
            }
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
        return name.equals(IndexWriter.WRITE_LOCK_NAME) || name.startsWith("pending_" + COMMIT);
    }

    /** Returns whether a file describes a part of an index. There is none before the first commit, which is empty. */
    private static boolean isPart(Path file) {
        return PART.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** Deletes an index that holds nothing. */
    void delete(Directory directory) throws IOException {
        for (String name : directory.listAll()) {
            if (name.startsWith(COMMIT) || name.startsWith("_") || name.equals(IndexWriter.WRITE_LOCK_NAME)) {
                directory.deleteFile(name);
            }
        }
    }

    /**
     * Returns the description of the index that a reader sees.
     *
     * @throws ClapException if another program made the index, or another version of this one
     */
    IndexInfo info(DirectoryReader reader) throws IOException {
        String description = reader.getIndexCommit().getUserData().get(DESCRIPTION);
        if (description == null) {
            throw new ClapException("The index " + path + " was made by another program; choose another folder");
        }
        try {
            return IndexInfo.fromJson(description);
        } catch (IllegalArgumentException e) {
            throw otherVersion(e);
        }
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
