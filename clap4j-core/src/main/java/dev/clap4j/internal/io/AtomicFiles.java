package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that are written whole or not at all: without a name first, then moved into place. What killed writers left in a
 * folder is deleted when the folder is first written into again.
 */
public final class AtomicFiles {
    /** How the names of files begin that are not there to stay. */
    static final String PASSING = ".clap4j-";

    private AtomicFiles() {}

    /** Fills a file that is open for writing. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything; the channel is closed by the caller. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes {@code target}, making its folders, and replaces what was there only when all of it is on the disk.
     *
     * @throws ClapException if the file cannot be written, saying why
     */
    public static void write(Path target, Content content) {
        write(target, content, true);
    }

    /**
     * Writes a file that is whole or not there for whoever looks, but may be lost in a power cut: for many small files,
     * which would take longest to force onto the disk.
     *
     * @throws ClapException if the file cannot be written, saying why
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
     * Writes two files of the same folder that belong together. Whenever both are there, they are of the same writing: while one
     * replaces the other, the second is missing for a moment, and for good if the process is killed just then.
     *
     * @throws ClapException if the files cannot be written, saying why
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

    /** Whether a file is in a folder only while that is written: a lock, or a file that has no name yet. */
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

    /** Writes a small text file whole or not at all. */
    public static void writeString(Path target, String text) {
        write(target, channel -> writeAll(channel, StandardCharsets.UTF_8.encode(text)));
    }

    /** Writes bytes whole or not at all. */
    public static void writeBytes(Path target, byte[] bytes) {
        write(target, channel -> writeAll(channel, ByteBuffer.wrap(bytes)));
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
