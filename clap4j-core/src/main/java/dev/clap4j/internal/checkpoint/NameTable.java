package dev.clap4j.internal.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layout's names for the tensors of a tower, a line for each: {@code internal name = stored name}.
 *
 * <p>In a line, {@code #} stands for any number and {@code *} for any rest, the same on both sides. A tensor may be stored
 * as several, joined by {@code +}; {@code 0} among them is a part of zeros, {@code 2·} before a name a part twice as
 * large. {@code ᵀ} after a name means that it is stored transposed, {@code 1×} before it that its shape has another
 * leading 1.
 */
public final class NameTable {
    private final List<Line> lines = new ArrayList<>();

    private NameTable() {}

    private record Line(Pattern name, String stored) {}

    /** Creates a table. */
    public static NameTable of(String text) {
        NameTable table = new NameTable();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] sides = line.split(" = ", 2);
            String regex = Pattern.quote(sides[0]).replace("#", "\\E(\\d+)\\Q").replace("*", "\\E(.*)\\Q");
            table.lines.add(new Line(Pattern.compile(regex), sides[1].strip()));
        });
        return table;
    }

    /** Returns this table with the lines of another one after its own. */
    NameTable and(NameTable other) {
        NameTable both = new NameTable();
        both.lines.addAll(lines);
        both.lines.addAll(other.lines);
        return both;
    }

    /** Returns how to make a tensor, by the first line that matches its name; empty if none does. */
    Optional<Recipe> recipe(String name) {
        for (Line line : lines) {
            Matcher matcher = line.name.matcher(name);
            if (matcher.matches()) {
                return Optional.of(parsed(filled(line, matcher)));
            }
        }
        return Optional.empty();
    }

    private static String filled(Line line, Matcher matcher) {
        String stored = line.stored;
        boolean numbered = line.name.pattern().contains("(\\d+)");
        if (numbered) {
            stored = stored.replace("#", matcher.group(1));
        }
        int groups = matcher.groupCount();
        return groups > (numbered ? 1 : 0) ? stored.replace("*", matcher.group(groups)) : stored;
    }

    private static Recipe parsed(String stored) {
        if (stored.contains(" + ")) {
            List<Recipe.Part> parts = new ArrayList<>();
            for (String part : stored.split(" \\+ ", -1)) {
                boolean twice = part.startsWith("2·");
                parts.add(new Recipe.Part(part.equals("0") ? "" : twice ? part.substring(2) : part, twice ? 2 : 1));
            }
            return Recipe.stacked(parts);
        }
        if (stored.endsWith("ᵀ")) {
            return Recipe.transposed(stored.substring(0, stored.length() - 1));
        }
        int ones = 0;
        while (stored.startsWith("1×")) {
            stored = stored.substring(2);
            ones++;
        }
        return Recipe.same(stored, ones);
    }
}
