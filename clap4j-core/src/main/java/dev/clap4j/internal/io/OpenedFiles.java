package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files that are read as memory while they are in use. Whoever replaces one by another file does no harm: what is mapped
 * stays. But what is written into the file itself changes what others read, and where it gets shorter, native code that reads
 * on ends the process.
 */
public final class OpenedFiles {
    private final List<FileStamp> stamps;

    private OpenedFiles(List<FileStamp> stamps) {
        this.stamps = stamps;
    }

    /**
     * Files as they are now.
     *
     * @throws ClapException if one is not there
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
     * Makes sure that what is mapped is what it was.
     *
     * @throws ClapException if one of the files was written since
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
