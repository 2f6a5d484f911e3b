package dev.clap4j.internal.classify;

import dev.clap4j.ClapException;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of alpha that the user asks for.
 *
 * @param values in the order given, none negative; empty if {@link AlphaSelection} is to choose
 */
public record AlphaChoice(List<Float> values) {
    /** Leaves the choice to {@link AlphaSelection}. */
    public static final AlphaChoice AUTO = new AlphaChoice(List.of());

    /** The maximum number of values, since they are compared pairwise. */
    public static final int MOST = 200;

    /**
     * Makes the list unmodifiable.
     *
     * @throws ClapException if there are more than {@link #MOST}
     */
    public AlphaChoice {
        values = List.copyOf(values);
        if (values.size() > MOST) {
            throw new ClapException("There should be at most " + MOST + " values of alpha, but are " + values.size());
        }
    }

    /**
     * Parses {@code "0.2"}, {@code "0,0.1,0.2"} or {@code "auto"}.
     *
     * @throws ClapException if it is none of these, or a number is negative or duplicated
     */
    public static AlphaChoice parse(String text) {
        if (text.strip().equalsIgnoreCase("auto")) {
            return AUTO;
        }
        List<Float> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            float value = number(part.strip(), text);
            if (values.contains(value)) {
                throw new ClapException("The alpha " + part.strip() + " is given twice in \"" + text + "\"");
            }
            values.add(value);
        }
        return new AlphaChoice(values);
    }

    private static float number(String part, String text) {
        try {
            float value = Float.parseFloat(part);
            if (value >= 0 && value < Float.POSITIVE_INFINITY) {
                return value == 0 ? 0 : value; // no negative zero
            }
        } catch (NumberFormatException e) {
            // Reported below, like other invalid numbers.
        }
        throw new ClapException("\"" + text + "\" is no alpha; write a number from 0 on, such as 0.2, several with"
                + " commas between them, or auto");
    }

    /** Returns whether the choice is left to {@link AlphaSelection}. */
    public boolean isAuto() {
        return values.isEmpty();
    }
}
