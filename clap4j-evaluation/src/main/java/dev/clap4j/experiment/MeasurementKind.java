package dev.clap4j.experiment;

import dev.clap4j.ClapException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of measurement with its settings, declared once: the command line and sweeps read it from here.
 *
 * @param id its name, which is also that of the command
 * @param description sentences for help texts, the first one a summary
 * @param settings the settings, by the names of the command line
 * @param create creates the measurement from values of the settings
 * @param measures all measures, in the order of tables
 * @param drawsPictures whether it draws pictures into its run directory
 * @param needsModel whether it runs the model itself, so that features computed elsewhere do not suffice
 */
public record MeasurementKind(
        String id,
        List<String> description,
        List<Setting> settings,
        Function<Values, Measurement> create,
        List<Measure> measures,
        boolean drawsPictures,
        boolean needsModel) {
    /** Creates a kind without pictures, for which features suffice. */
    public MeasurementKind(
            String id,
            List<String> description,
            List<Setting> settings,
            Function<Values, Measurement> create,
            List<Measure> measures) {
        this(id, description, settings, create, measures, false, false);
    }

    /**
     * A setting.
     *
     * @param name its name, such as {@code noise-batch}
     * @param label stands for a value in help texts, such as {@code N}
     * @param help a sentence on its meaning
     * @param initial the default value; null if there is none
     * @param isRepeatable whether it may be given several times
     */
    public record Setting(String name, String label, String help, String initial, boolean isRepeatable) {
        /** Creates a setting with one value. */
        public Setting(String name, String label, String help, String initial) {
            this(name, label, help, initial, false);
        }
    }

    /**
     * Returns the measurement with some settings; the others have their default values.
     *
     * @param given texts by name; a setting that may be repeated has several
     * @throws ClapException if a value is not of its type, or out of range
     */
    public Measurement of(Map<String, List<String>> given) {
        return create.apply(values(given));
    }

    /** Returns the presentation of such a measurement. */
    public Layout layout(String title, List<Layout.Table> tables, List<Layout.Plot> plots) {
        return new Layout(id, title, tables, plots);
    }

    /** Returns the values of all settings, of which some are given. */
    public Values values(Map<String, List<String>> given) {
        Map<String, List<String>> values = new HashMap<>();
        settings.stream()
                .filter(setting -> setting.initial != null)
                .forEach(setting -> values.put(setting.name, List.of(setting.initial)));
        values.putAll(given);
        return new Values(values);
    }

    /**
     * The values of all settings.
     *
     * @param texts by name; empty if a setting has no value
     */
    public record Values(Map<String, List<String>> texts) {
        /** Returns all values of a setting that may be repeated. */
        public List<String> all(String name) {
            return texts.getOrDefault(name, List.of());
        }

        /** Returns the value of a setting; null if there is none. */
        public String text(String name) {
            List<String> all = all(name);
            return all.isEmpty() ? null : all.get(all.size() - 1).strip();
        }

        /** Returns a whole number. */
        public int whole(String name) {
            return whole(name, text(name));
        }

        /** Returns a seed. */
        public long seed(String name) {
            return number(name, text(name), Long::valueOf, "a whole number", Long.MAX_VALUE);
        }

        /** Returns a real number. */
        public double real(String name) {
            return number(name, text(name), Double::valueOf, "a number", Double.MAX_VALUE);
        }

        /** Returns whole numbers with commas between them. */
        public List<Integer> wholes(String name) {
            return Arrays.stream(text(name).split(",", -1))
                    .map(part -> whole(name, part.strip()))
                    .toList();
        }

        /** Returns the choice that a setting names, in capital letters or not. */
        public <T> T choice(String name, Function<? super T, String> nameOf, List<? extends T> choices) {
            return choices.stream()
                    .filter(choice -> nameOf.apply(choice).equalsIgnoreCase(text(name)))
                    .findFirst()
                    .orElseThrow(() -> new ClapException(name + " should be "
                            + choices.stream().map(nameOf).collect(Collectors.joining(" or ")) + ", not '"
                            + text(name) + "'"));
        }

        private static int whole(String name, String text) {
            return number(name, text, Integer::valueOf, "a whole number", Integer.MAX_VALUE);
        }

        private static <T> T number(
                String name, String text, Function<String, T> parser, String expected, Number most) {
            try {
                return parser.apply(text);
            } catch (NumberFormatException e) {
                String range = text.matches("[-+]?\\d+") ? " of at most " + most : "";
                throw new ClapException(name + " should be " + expected + range + ", not '" + text + "'", e);
            }
        }
    }
}
