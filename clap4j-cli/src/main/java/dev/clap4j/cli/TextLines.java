package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
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
        List<String> lines = InputFiles.readLines(file);
        if (lines.isEmpty()) {
            throw new ClapException(file + " has no lines; write one text a line");
        }
        return lines;
    }
}
