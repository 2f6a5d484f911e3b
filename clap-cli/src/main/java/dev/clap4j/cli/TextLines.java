package dev.clap4j.cli;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files with one text a line. */
final class TextLines {
    private TextLines() {}

    /**
     * All lines of a file.
     *
     * @throws ClapException if it cannot be read, is not UTF-8 or has no lines
     */
    static List<String> read(Path file) {

        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new ClapException("Cannot read " + file + ": it is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + e, e);
        }
        if (lines.isEmpty()) {
            throw new ClapException(file + " has no lines; write one text a line");
        }
        return lines;
    }
}
