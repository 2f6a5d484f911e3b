package dev.clap4j.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Files that are written whole or not at all: to a temporary name first, then moved into place. */
public final class AtomicFiles {
    private static final AtomicLong WRITTEN = new AtomicLong();

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
        Path absolute = target.toAbsolutePath();
        if (absolute.getFileName() == null || Files.isDirectory(absolute)) {
            throw new ClapException("Cannot write " + target + ": it is a folder");
        }
        try {
            Files.createDirectories(absolute.getParent());
            Path temporary = absolute.resolveSibling(temporaryName(absolute));
            try {
                // Opened, not made by createTempFile: that would deny the file to everyone but its owner.
                try (FileChannel channel =
                        FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                    content.writeTo(channel);
                    if (force) {
                        channel.force(true);
                    }
                }
                move(temporary, absolute);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new ClapException("Cannot write " + target + ": " + IoReasons.of(e), e);
        } catch (UncheckedIOException e) {
            throw new ClapException("Cannot write " + target + ": " + IoReasons.of(e.getCause()), e);
        }
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

    /** No other writer's: the name says which process and which of its files. */
    private static String temporaryName(Path target) {
        return "." + target.getFileName() + "." + ProcessHandle.current().pid() + "-"
                + Long.toHexString(System.nanoTime()) + "-" + WRITTEN.incrementAndGet() + ".tmp";
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
