package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads files named by users: regular files only, up to a maximum size; text is UTF-8 with or without a byte order
 * mark.
 */
public final class InputFiles {
    /** The default size limit of text files in bytes. */
    public static final long MAX_TEXT_BYTES = 256L << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private InputFiles() {}

    /**
     * Checks that a path leads to a regular file. Pipes and devices are refused: reading them could block or never end.
     *
     * @return the same path
     * @throws ClapException if it does not exist, or is a folder, a pipe or a device
     */
    public static Path requireRegular(Path file) {
        if (Files.isRegularFile(file)) {
            return file;
        }
        if (Files.isDirectory(file)) {
            throw new ClapException(file + " is a folder; a file was expected");
        }
        if (Files.exists(file)) {
            throw new ClapException(file + " is a pipe or a device; a regular file was expected");
        }
        throw new ClapException(
                Files.isSymbolicLink(file) ? "The link " + file + " leads to no file" : "There is no file " + file);
    }

    /**
     * Reads a whole file.
     *
     * @param maxBytes the size limit in bytes, enforced even if the file grows while it is read
     * @throws ClapException if it is not a regular file, is too large or cannot be read
     */
    public static byte[] read(Path file, long maxBytes) {
        requireRegular(file);
        int limit = (int) Math.min(maxBytes, Integer.MAX_VALUE - 16);
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            byte[] bytes = size > limit ? new byte[0] : in.readNBytes(limit);
            if (size > limit || in.read() >= 0) {
                throw new ClapException(file + " has " + Math.max(size, limit + 1L) + " bytes; the limit is " + limit);
            }
            return bytes;
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Reads a text file, without its byte order mark.
     *
     * @throws ClapException if it is not a regular file, is larger than {@link #MAX_TEXT_BYTES}, is not UTF-8 or cannot
     *     be read
     */
    public static String readText(Path file) {
        return readText(file, MAX_TEXT_BYTES);
    }

    /**
     * Reads a text file, without its byte order mark.
     *
     * @throws ClapException if it is not a regular file, is too large, is not UTF-8 or cannot be read
     */
    public static String readText(Path file, long maxBytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(read(file, maxBytes)))
                    .toString();
            return text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
        } catch (CharacterCodingException e) {
            throw new ClapException("Cannot read " + file + ": it is not UTF-8 text", e);
        }
    }

    /**
     * Reads the lines of a text file, without its byte order mark.
     *
     * @throws ClapException as {@link #readText(Path)}
     */
    public static List<String> readLines(Path file) {
        return readText(file).lines().toList();
    }
}
