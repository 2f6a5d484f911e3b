package dev.clap4j.io;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists of names in messages: the first few, and how many there are. */
public final class Names {
    private static final int SHOWN = 6;

    private Names() {}

    /** {@code a, b, c}, shortened to the first six; {@code none} if there are none. */
    public static String preview(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? shown : shown + ", … (" + names.size() + " in all)";
    }
}
