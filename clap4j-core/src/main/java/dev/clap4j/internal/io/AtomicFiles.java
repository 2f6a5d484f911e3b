package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that are written completely or not at all: first to a temporary file, then moved into place. Leftovers of
 * killed writers are deleted the first time a folder is written to.
 */
public final class AtomicFiles {
    /** Prefix of the names of temporary files and locks. */
    static final String PASSING = ".clap4j-";

    private AtomicFiles() {}

    /** The content of a file to be written. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of the content; the caller closes the channel. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes {@code target}, creating its parent folders. An existing file is replaced only once the new one is on
     * disk.
     *
     * @throws ClapException if the file cannot be written, with the reason
     */
    public static void write(Path target, Content content) {
        write(target, content, true);
    }

    /**
     * Writes a file that other readers see complete or not at all, without forcing it to disk, so a power cut may lose
     * it. For many small files, where forcing would dominate the time.
     *
     * @throws ClapException if the file cannot be written, with the reason
     */
    public static void writeUnforced(Path target, byte[] bytes) {
        write(target, channel -> writeAll(channel, ByteBuffer.wrap(bytes)), false);
    }

    private static void write(Path target, Content content, boolean force) {
        Path absolute = requireNoFolder(target);
        try {
            WrittenFolders.enter(absolute.getParent());
            try (TemporaryFile file = TemporaryFile.create(absolute.getParent())) {
                content.writeTo(file.channel());
                if (force) {
                    file.channel().force(true);
                }
                file.moveTo(absolute);
            }
        } catch (IOException e) {
            throw cannotWrite(target, e);
        } catch (UncheckedIOException e) {
            throw cannotWrite(target, e.getCause());
        }
    }

    /**
     * Copies a file to where nothing is yet: whole or not at all, and never in place of anything. A power cut may lose it.
     *
     * @throws ClapException if something has that name, or the file cannot be read or written
     */
    public static void copyNew(Path source, Path target) {
        Path absolute = target.toAbsolutePath();
        try {
            WrittenFolders.enter(absolute.getParent());
            try (TemporaryFile file = TemporaryFile.create(absolute.getParent());
                    FileChannel content = FileChannel.open(source)) {
                long size = content.size();
                for (long done = 0; done < size; ) {
                    long copied = content.transferTo(done, size - done, file.channel());
                    if (copied <= 0) {
                        throw new IOException(source + " got shorter while it was being copied");
                    }
                    done += copied;
                }
                file.moveToFree(absolute);
            }
        } catch (IOException e) {
            throw cannotWrite(target, e);
        }
    }

    /**
     * Links a file to where nothing is yet: as another name of the file where the file system can do that, else as a symbolic
     * link to it.
     *
     * @throws ClapException if something has that name, or it cannot be linked
     */
    public static void linkNew(Path source, Path target) {
        Path absolute = target.toAbsolutePath();
        try {
            WrittenFolders.enter(absolute.getParent());
            Path real = source.toRealPath();
            try {
                Files.createLink(absolute, real);
            } catch (UnsupportedOperationException | FileSystemException e) {
                if (e instanceof FileAlreadyExistsException taken) {
                    throw taken;
                }
                Files.createSymbolicLink(absolute, real);
            }
        } catch (IOException e) {
            throw cannotWrite(target, e);
        }
    }

    /**
     * Writes two files that belong together, in one folder. Whenever both exist they come from the same call: while one
     * is being replaced the other is missing, and stays missing if the process is killed at that moment.
     *
     * @throws ClapException if the files cannot be written, with the reason
     */
    public static void writePair(Path first, Content firstContent, Path second, Content secondContent) {
        Path one = requireNoFolder(first);
        Path other = requireNoFolder(second);
        Path folder = one.getParent();
        if (!folder.equals(other.getParent())) {
            throw new IllegalArgumentException(first + " and " + second + " are not in the same folder");
        }
        try {
            WrittenFolders.enter(folder);
            try (TemporaryFile file = TemporaryFile.create(folder);
                    TemporaryFile beside = TemporaryFile.create(folder)) {
                firstContent.writeTo(file.channel());
                file.channel().force(true);
                secondContent.writeTo(beside.channel());
                beside.channel().force(true);
                LockFile lock = LockFile.await(folder.resolve(FolderLock.NAME + "-" + Digests.of(one.toString())));
                try {
                    Files.deleteIfExists(other);
                    file.moveTo(one);
                    beside.moveTo(other);
                } finally {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw cannotWrite(first, e);
        } catch (UncheckedIOException e) {
            throw cannotWrite(first, e.getCause());
        }
    }

    /** Returns whether a file exists only while its folder is being written: a lock or a temporary file. */
    public static boolean isPassing(Path file) {
        return file.getFileName().toString().startsWith(PASSING);
    }

    private static Path requireNoFolder(Path target) {
        Path absolute = target.toAbsolutePath();
        if (absolute.getFileName() == null || Files.isDirectory(absolute)) {
            throw new ClapException("Cannot write " + target + ": it is a folder");
        }
        return absolute;
    }

    private static ClapException cannotWrite(Path target, IOException e) {
        return new ClapException("Cannot write " + target + ": " + IoReasons.of(e), e);
    }

    /** Writes a small text file atomically. */
    public static void writeString(Path target, String text) {
        write(target, channel -> writeAll(channel, StandardCharsets.UTF_8.encode(text)));
    }

    /** Writes bytes atomically. */
    public static void writeBytes(Path target, byte[] bytes) {
        write(target, channel -> writeAll(channel, ByteBuffer.wrap(bytes)));
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
