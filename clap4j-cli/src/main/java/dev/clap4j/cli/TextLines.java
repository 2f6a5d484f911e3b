package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
import java.nio.file.Path;
import java.util.List;

/** Files with one text a line. */
final class TextLines {
    private TextLines() {}

    /** All lines of a file, which has at least one. */
    static List<String> read(Path file) {
        List<String> lines = InputFiles.readLines(file);
        if (lines.isEmpty()) {
            throw new ClapException(file + " has no lines; write one text a line");
        }
        return lines;
    }
}
