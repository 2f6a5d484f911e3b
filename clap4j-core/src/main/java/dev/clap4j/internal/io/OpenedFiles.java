package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory-mapped files in use. Replacing such a file by another is harmless, as the old one stays mapped; but writing
 * into it changes the data being read, and truncating it crashes the process in native code.
 */
public final class OpenedFiles {
    private final List<FileStamp> stamps;

    private OpenedFiles(List<FileStamp> stamps) {
        this.stamps = stamps;
    }

    /**
     * Records the current state of files.
     *
     * @throws ClapException if one does not exist
     */
    public static OpenedFiles of(List<Path> files) {
        return new OpenedFiles(files.stream().map(OpenedFiles::stamp).toList());
    }

    private static FileStamp stamp(Path file) {
        try {
            return FileStamp.of(file);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Checks that the files have not changed.
     *
     * @throws ClapException if one was written since it was opened
     */
    public void requireUnchanged() {
        for (FileStamp stamp : stamps) {
            if (isWritten(stamp)) {
                throw new ClapException(
                        stamp.path() + " was written while it is in use; open it again, and replace such"
                                + " a file by another one (mv) instead of writing into it (cp)");
            }
        }
    }

    private static boolean isWritten(FileStamp before) {
        try {
            FileStamp now = FileStamp.of(before.path());
            return now.key().equals(before.key())
                    && (now.size() != before.size() || !now.modified().equals(before.modified()));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new ClapException("Cannot read " + before.path() + ": " + IoReasons.of(e), e);
        }
    }
}
