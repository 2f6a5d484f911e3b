package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.Names;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Class names as used in prompts. They are in composed form (Unicode NFC), so that a decomposed folder name, as on
 * macOS, gives the same class.
 */
public final class ClassNames {
    private ClassNames() {}

    /**
     * Returns the class name of a folder: lower case, with underscores as spaces ({@code "Alarm_Clock"} is an alarm
     * clock).
     *
     * @throws ClapException if the folder's name could not be decoded in the encoding of the locale
     */
    public static String fromFolder(String folder) {
        if (folder.indexOf('\uFFFD') >= 0) {
            throw new ClapException("The name of the folder " + folder + " is not in "
                    + System.getProperty("sun.jnu.encoding") + ", the encoding of this locale; set the environment"
                    + " variable LC_ALL to C.UTF-8, or rename the folder");
        }
        return Names.composed(folder.toLowerCase(Locale.ROOT).replace('_', ' ').strip());
    }

    /**
     * Creates the exception for two folders of the same class.
     *
     * @param parent their parent folder
     */
    public static ClapException sameClass(Path parent, Path one, Path other) {
        String first = one.getFileName().toString();
        String second = other.getFileName().toString();
        boolean sameText = Names.composed(first).equals(Names.composed(second));
        return new ClapException("The folders " + first + " and " + second + " of " + parent
                + " both stand for the class \"" + fromFolder(first) + "\""
                + (sameText
                        ? ", for they differ only in whether letters are composed (" + Names.ascii(first) + ", "
                                + Names.ascii(second) + ")"
                        : "")
                + "; rename or merge them");
    }

    /**
     * Parses a comma-separated list of names, ignoring spaces around them. A name with a comma must be in quotation
     * marks, doubled within it: {@code "dog, hot",cat}.
     *
     * @throws ClapException if a name is empty or repeated, or a quotation mark is not closed
     */
    public static List<String> parse(String commaSeparated) {
        List<String> names = CommaSeparated.parse(commaSeparated).stream()
                .map(Names::composed)
                .toList();
        if (names.contains("")) {
            throw new ClapException("The class list \"" + commaSeparated
                    + "\" has an empty name; write the names with single commas between them: dog,alarm clock");
        }
        return distinct(names, "\"" + commaSeparated + "\"");
    }

    /**
     * Reads names from a UTF-8 text file, one per line, ignoring blank lines and lines that start with {@code #}.
     *
     * @throws ClapException if the file cannot be read, has no name, or has one twice
     */
    public static List<String> read(Path file) {
        List<String> names = InputFiles.readLines(file).stream()
                .map(line -> Names.composed(line.strip()))
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (names.isEmpty()) {
            throw new ClapException(file + " has no class names; write one per line");
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
