package dev.clap4j.prompt;

import dev.clap4j.ClapException;
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
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty()) {
                throw new ClapException("The class list \"" + commaSeparated
                        + "\" has an empty name; write the names with single commas between them: dog,alarm clock");
            }
            if (!seen.add(name)) {
                throw new ClapException("The class \"" + name + "\" is named twice in \"" + commaSeparated + "\"");
            }
        }
        return names;
    }
}
