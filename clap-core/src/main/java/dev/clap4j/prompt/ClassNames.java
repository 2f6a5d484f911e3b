package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Class names as they stand in prompts. */
public final class ClassNames {
    private ClassNames() {}

    /** The name a folder stands for: lower case, underscores as spaces ({@code "Alarm_Clock"} is an alarm clock). */
    public static String fromFolder(String folder) {
        return folder.toLowerCase(Locale.ROOT).replace('_', ' ').strip();
    }

    /**
     * The names in a comma-separated list, in its order; spaces around them do not count.
     *
     * @throws ClapException if a name is empty or comes twice
     */
    public static List<String> parse(String commaSeparated) {
        List<String> names =
                Arrays.stream(commaSeparated.split(",", -1)).map(String::strip).toList();
        if (names.contains("")) {
            throw new ClapException("The class list \"" + commaSeparated
                    + "\" has an empty name; write the names with single commas between them: dog,alarm clock");
        }
        return distinct(names, "\"" + commaSeparated + "\"");
    }

    /**
     * The names in a text file in UTF-8, one a line; blank lines and lines that begin with {@code #} do not count.
     *
     * @throws ClapException if the file cannot be read, has no name, or one twice
     */
    public static List<String> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new ClapException("Cannot read the class names in " + file + ": it is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ClapException("Cannot read the class names in " + file + ": " + e, e);
        }
        List<String> names = lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (names.isEmpty()) {
            throw new ClapException(file + " has no class names; write one a line");
        }
        return distinct(names, file.toString());
    }

    private static List<String> distinct(List<String> names, String where) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new ClapException("The class \"" + name + "\" is named twice in " + where);
            }
        }
        return names;
    }
}
