package dev.clap4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Assigns styles to names: the eight colours of Okabe and Ito (2008), which are distinguishable with colour blindness,
 * combined with ten marker shapes, four line styles and five hatches of bars, so that nothing depends on colour alone. The methods of the
 * paper have the same style in every figure.
 */
final class Styles {
    /** The number of distinct styles; further names start over. */
    static final int DISTINCT = 80;

    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xE69F00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xD55E00),
            new Color(0x56B4E9),
            new Color(0x4D4D4D),
            new Color(0xF0E442));

    private static final List<BasicStroke> LINES = Stream.of(
                    new float[] {}, new float[] {9, 4}, new float[] {2.5f, 3.5f}, new float[] {9, 3, 2, 3})
            .map(dashes -> PlotTheme.stroke(2.4f, dashes))
            .toList();

    private static final List<List<Integer>> HATCHES =
            List.of(List.of(), List.of(-1), List.of(1), List.of(0), List.of(-1, 1));

    /** The indices of the styles reserved for methods, by prefix of their names. */
    private static final Map<String, Integer> METHODS = Map.of("CLIP", 1, "Im.Aug", 2, "CLAP", 0);

    private final Map<String, Style> byName = new HashMap<>();

    /** Assigns styles to names in this order; repeated names keep their style. */
    Styles(List<String> names) {
        Set<Integer> taken = new LinkedHashSet<>();
        List<String> distinct = names.stream().distinct().toList();
        for (String name : distinct) {
            METHODS.forEach((method, place) -> {
                if (name.startsWith(method) && taken.add(place)) {
                    byName.put(name, style(place));
                }
            });
        }
        int next = 0;
        for (String name : distinct) {
            if (!byName.containsKey(name)) {
                while (taken.contains(next)) {
                    next++;
                }
                byName.put(name, style(next++));
            }
        }
    }

    private static Style style(int place) {
        int round = place / COLOURS.size();
        // Each round shifts the shapes by one, so that combinations of colour and shape repeat only after all have been
        // used.
        MarkerShape marker = MarkerShape.ALL.get(Math.floorMod(place + round, MarkerShape.ALL.size()));
        return new Style(
                COLOURS.get(place % COLOURS.size()),
                marker,
                LINES.get(place % LINES.size()),
                HATCHES.get(place % HATCHES.size()));
    }

    Style of(String name) {
        return byName.get(name);
    }
}
