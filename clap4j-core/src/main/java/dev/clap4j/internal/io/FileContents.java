package dev.clap4j.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a file really is when its name is wrong, for error messages. */
public final class FileContents {
    private static final int HEAD = 512;

    private FileContents() {}

    /**
     * Guesses what a file is, worded to follow "it is": {@code an HTML page}, {@code empty}.
     *
     * @return empty if the file cannot be read or gives no hint
     */
    public static Optional<String> guess(Path file) {
        if (Files.isDirectory(file)) {
            return Optional.of("a folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return guess(in.readNBytes(HEAD));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Guesses what a file is from its first bytes. */
    public static Optional<String> guess(byte[] content) {
        byte[] head = content.length <= HEAD ? content : Arrays.copyOf(content, HEAD);
        if (head.length == 0) {
            return Optional.of("empty");
        }
        String latin = new String(head, StandardCharsets.ISO_8859_1);
        String text = latin.stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("version https://git-lfs.github.com/spec/")) {
            return Optional.of(
                    "a git-lfs pointer to a file that was not downloaded; run \"git lfs pull\" where it is from");
        }
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return Optional.of("an HTML page, perhaps an error message saved by a download");
        }
        if (text.startsWith("<svg") || (text.startsWith("<?xml") && text.contains("<svg"))) {
            return Optional.of("an SVG drawing");
        }
        if (latin.startsWith("\u001f\u008b")) {
            return Optional.of("compressed with gzip");
        }
        if (latin.startsWith("PK\u0003\u0004")) {
            return Optional.of("a zip archive");
        }
        if (latin.startsWith("%PDF")) {
            return Optional.of("a PDF document");
        }
        if (latin.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("a JPEG image");
        }
        if (latin.startsWith("\u0089PNG")) {
            return Optional.of("a PNG image");
        }
        return isText(latin) ? Optional.of("a text file") : Optional.empty();
    }

    private static boolean isText(String head) {
        return head.chars().allMatch(c -> c >= ' ' ? c != 0x7F : c == '\t' || c == '\n' || c == '\r' || c == '\f');
    }
}
