package dev.clap4j.training.augment;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Parses and formats an image augmentation, as in {@code crop=0.64,brightness=0.5,hue=0.3,flip=0.5}. */
final class ImageAugmentationText {
    /** A change, its default value, the value that turns it off, and a description of its range. */
    private record Change(String name, double usual, double off, String range) {}

    private static final List<Change> CHANGES = List.of(
            new Change("crop", 0.64, 1, "a part of the area, above 0 and at most 1"),
            new Change("brightness", 0.5, 0, "a number from 0 on"),
            new Change("hue", 0.3, 0, "a part of the colour circle from 0 to 0.5"),
            new Change("mask", 0.5, 0, "a probability from 0 to 1"),
            new Change("perspective", 0.5, 0, "a probability from 0 to 1"),
            new Change("flip", 0.5, 0, "a probability from 0 to 1"));

    private ImageAugmentationText() {}

    static ImageAugmentation parse(String text) {
        if (text.strip().equalsIgnoreCase("official")) {
            return ImageAugmentation.OFFICIAL;
        }
        if (text.strip().equalsIgnoreCase("none")) {
            return ImageAugmentation.NONE;
        }
        Map<String, Double> given = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            String name = part.split("=", 2)[0].strip();
            Change change = CHANGES.stream()
                    .filter(known -> known.name.equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(name, text));
            if (given.put(change.name, number(part, change)) != null) {
                throw new ClapException("The augmentation " + change.name + " is given twice in \"" + text + "\"");
            }
        }
        return of(given);
    }

    private static ClapException unknown(String name, String text) {
        return new ClapException("Unknown augmentation of images \"" + name + "\""
                + NearestName.hint(name, CHANGES.stream().map(Change::name).toList()) + " in \"" + text
                + "\"; write official, none, or a list of crop, brightness, hue, mask, perspective and flip, each with"
                + " its number (crop=0.64)");
    }

    private static double number(String part, Change change) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            return change.usual;
        }
        try {
            double number = Double.parseDouble(part.substring(equals + 1).strip());
            of(Map.of(change.name, number));
            return number;
        } catch (IllegalArgumentException e) {
            throw new ClapException(
                    "The augmentation " + change.name + " takes " + change.range + ": " + part.strip(), e);
        }
    }

    private static ImageAugmentation of(Map<String, Double> given) {
        double[] numbers = CHANGES.stream()
                .mapToDouble(change -> given.getOrDefault(change.name, change.off))
                .toArray();
        return new ImageAugmentation(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    static String of(ImageAugmentation augmentation) {
        double[] numbers = {
            augmentation.minArea(),
            augmentation.brightness(),
            augmentation.hue(),
            augmentation.mask(),
            augmentation.perspective(),
            augmentation.flip()
        };
        String text = CHANGES.stream()
                .filter(change -> numbers[CHANGES.indexOf(change)] != change.off)
                .map(change -> change.name + "=" + number(numbers[CHANGES.indexOf(change)]))
                .collect(Collectors.joining(","));
        return text.isEmpty() ? "none" : text;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }
}
