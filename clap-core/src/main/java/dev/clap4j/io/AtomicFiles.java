package dev.clap4j.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are written whole or not at all: to a temporary name first, then moved into place. */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Fills a file that is open for writing. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything; the channel is closed by the caller. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Writes {@code target}, making its folders, and replaces what was there only when all of it is on the disk. */
    public static void write(Path target, Content content) {
        Path absolute = target.toAbsolutePath();
        try {
            Files.createDirectories(absolute.getParent());
            Path temporary = Files.createTempFile(absolute.getParent(), "." + target.getFileName(), ".tmp");
            try {
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    content.writeTo(channel);
                    channel.force(true);
                }
                move(temporary, absolute);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new ClapException("Cannot write " + target + ": " + reason(e), e);
        } catch (UncheckedIOException e) {
            throw new ClapException("Cannot write " + target + ": " + reason(e.getCause()), e);
        }
    }

    /** Writes a small text file whole or not at all. */
    public static void writeString(Path target, String text) {
        write(target, channel -> {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }
}
