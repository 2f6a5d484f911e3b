package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text form of an augmentation: {@code OSD=0.5,OCD=0.5,SPO=0.5,replace}. */
final class AugmentationText {
    private static final List<String> CHANGES = List.of("OSD", "OCD", "ASD", "ITD", "SPO");
    private static final List<String> SWITCHES = List.of("replace", "eda", "articles");
    private static final double DEFAULT_PROBABILITY = 0.5;

    private AugmentationText() {}

    static Augmentation parse(String text) {
        if (text.strip().equalsIgnoreCase("official")) {
            return Augmentation.OFFICIAL;
        }
        if (text.strip().equalsIgnoreCase("none")) {
            return Augmentation.NONE;
        }
        Map<String, Double> given = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            String name = part.split("=", 2)[0].strip();
            String known =
                    names().stream().filter(name::equalsIgnoreCase).findFirst().orElseThrow(() -> unknown(name, text));
            if (given.put(known, probability(part, known)) != null) {
                throw new ClapException("The augmentation " + known + " is given twice in \"" + text + "\"");
            }
        }
        return new Augmentation(
                given.getOrDefault("OSD", 0.0),
                given.getOrDefault("OCD", 0.0),
                given.getOrDefault("ASD", 0.0),
                given.getOrDefault("ITD", 0.0),
                given.getOrDefault("SPO", 0.0),
                given.containsKey("replace"),
                given.containsKey("eda"),
                given.containsKey("articles"));
    }

    private static List<String> names() {
        return Stream.concat(CHANGES.stream(), SWITCHES.stream()).toList();
    }

    private static ClapException unknown(String name, String text) {
        return new ClapException(
                "Unknown augmentation \"" + name + "\"" + NearestName.hint(name, names()) + " in \"" + text
                        + "\"; write official, none, or a list of OSD, OCD, ASD, ITD and SPO, each with its probability"
                        + " (OSD=0.5), and replace, eda or articles if wanted");
    }

    private static double probability(String part, String name) {
        int equals = part.indexOf('=');
        if (equals < 0 || SWITCHES.contains(name)) {
            if (equals >= 0) {
                throw new ClapException("\"" + name + "\" is either there or not; it takes no number: " + part.strip());
            }
            return DEFAULT_PROBABILITY;
        }
        try {
            double probability = Double.parseDouble(part.substring(equals + 1).strip());
            if (probability >= 0 && probability <= 1) {
                return probability;
            }
        } catch (NumberFormatException e) {
            // Reported below, like any other invalid probability.
        }
        throw new ClapException("The probability of " + name + " should be a number from 0 to 1: " + part.strip());
    }

    static String of(Augmentation augmentation) {
        double[] probabilities = {
            augmentation.sizeDeletion(),
            augmentation.colourDeletion(),
            augmentation.styleDeletion(),
            augmentation.typeDeletion(),
            augmentation.swap()
        };
        Stream<String> changes = CHANGES.stream()
                .filter(name -> probabilities[CHANGES.indexOf(name)] > 0)
                .map(name -> name + "=" + number(probabilities[CHANGES.indexOf(name)]));
        Stream<String> switches = Arrays.stream(new String[] {
                    augmentation.replace() ? "replace" : "",
                    augmentation.eda() ? "eda" : "",
                    augmentation.repairArticles() ? "articles" : ""
                })
                .filter(name -> !name.isEmpty());
        String text = Stream.concat(changes, switches).collect(Collectors.joining(","));
        return text.isEmpty() ? "none" : text;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }
}
