package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Text files that grow line by line. If a process is killed while it writes a line, the partial line is dropped. */
public final class AppendedFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private AppendedFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Reads the complete lines of a file and truncates an unterminated last line; a missing file has no lines.
     *
     * @throws ClapException if it is not a regular file of UTF-8 text, or cannot be read or written
     */
    public static List<String> wholeLines(Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        byte[] bytes = InputFiles.read(requireOwn(file), InputFiles.MAX_TEXT_BYTES);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            cut(file, end);
        }
        return InputFiles.readLines(file);
    }

    private static void cut(Path file, long size) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.truncate(size);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /**
     * Opens a file for appending, creating it if necessary.
     *
     * @throws ClapException if it cannot be written, or is a link
     */
    public static AppendedFile open(Path file) {
        try {
            WrittenFolders.enter(file.toAbsolutePath().getParent());
            requireOwn(file);
            return new AppendedFile(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /**
     * Appends text, all of it or nothing.
     *
     * @throws ClapException if it cannot be written
     */
    public void append(String text) {
        try {
            long size = channel.size();
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                channel.truncate(size);
                throw e;
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static Path requireOwn(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ClapException("Cannot write " + file + ": it is a link, or not a regular file");
        }
        return file;
    }

    private static ClapException cannotWrite(Path file, IOException e) {
        return new ClapException("Cannot write " + file + ": " + IoReasons.of(e), e);
    }
}
