package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileContentsTests {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|empty",
                "hello|a text file",
                "<?xml version='1.0'?><svg>|an SVG drawing",
                "PK[3][4]|a zip archive",
                "[31]\u008b|compressed with gzip",
                "%PDF-1.7|a PDF document",
                "\u00ff\u00d8\u00ff\u00e0|a JPEG image",
                "\u0089PNG|a PNG image"
            })
    void guesses(String content, String expected) throws IOException {
        Path file = Files.write(folder.resolve("file"), bytes(content));
        assertThat(FileContents.guess(file)).contains(expected);
    }

    /** Control characters are written as numbers in brackets. */
    private static byte[] bytes(String content) {
        return Pattern.compile("\\[(\\d+)]")
                .matcher(content)
                .replaceAll(number -> Character.toString(Integer.parseInt(number.group(1))))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void doesNotGuessWildly() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {0, 1, 2, 3});
        assertThat(FileContents.guess(file)).isEmpty();
        assertThat(FileContents.guess(folder.resolve("missing"))).isEmpty();
        assertThat(FileContents.guess(folder)).contains("a folder");
    }
}
