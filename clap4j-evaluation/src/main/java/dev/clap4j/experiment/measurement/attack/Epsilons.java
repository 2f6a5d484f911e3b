package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.ClapException;
import dev.clap4j.attack.Attack;
import dev.clap4j.attack.NoAttack;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The L∞ bounds of attacks, in the threat model's units; several give a curve.
 *
 * @param values above 0, at most 1, ascending
 */
public record Epsilons(List<Double> values) {
    /** The value of the dimension for images without attack. */
    static final String NO_CHANGE = "0";

    private static final int LEVELS = 255;

    /** A difference from whole levels that rounding may cause. */
    private static final double ROUNDING = 1e-9;

    private static final Pattern NUMBER = Pattern.compile("(\\d*\\.?\\d+(?:[eE]-?\\d+)?)(?:/(\\d*\\.?\\d+))?");

    /**
     * Sorts the values.
     *
     * @throws ClapException if one is out of range, or named twice
     */
    public Epsilons {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There is no epsilon");
        }
        String before = NO_CHANGE;
        for (double epsilon : values) {
            if (!(epsilon > 0 && epsilon <= 1)) {
                throw new ClapException("Epsilon should be above 0 and at most 1, the whole range of a pixel, but is "
                        + epsilon
                        + (epsilon > 1 && epsilon < LEVELS
                                ? "; for levels of an image file write " + text(epsilon / LEVELS)
                                : ""));
            }
            if (levels(epsilon).equals(before)) {
                throw new ClapException(
                        before.equals(NO_CHANGE)
                                ? "Epsilon " + epsilon + " is too small to change an image"
                                : "Epsilon " + text(epsilon) + " is named twice");
            }
            before = levels(epsilon);
        }
    }

    /**
     * Parses numbers and fractions with commas between them, such as {@code "1/255,0.031"}.
     *
     * @throws ClapException if one is no number, out of range, or named twice
     */
    public static Epsilons parse(String text) {
        return new Epsilons(Arrays.stream(text.split(",", -1))
                .map(part -> number(part.strip()))
                .toList());
    }

    private static double number(String text) {
        Matcher parts = NUMBER.matcher(text);
        if (!parts.matches()) {
            throw new ClapException("epsilon should be numbers such as 0.031 or 8/255, not '" + text + "'");
        }
        double number = Double.parseDouble(parts.group(1));
        return parts.group(2) == null ? number : number / Double.parseDouble(parts.group(2));
    }

    /** Returns an epsilon as it may be given: {@code 8/255}, or a number if it is no whole number of levels. */
    private static String text(double epsilon) {
        double levels = epsilon * LEVELS;
        boolean whole = Math.abs(levels - Math.rint(levels)) < ROUNDING && epsilon < 1;
        return whole ? Math.round(levels) + "/" + LEVELS : String.valueOf(epsilon);
    }

    /** Returns an epsilon in 1/255, the value of its dimension. */
    static String levels(double epsilon) {
        double levels = Math.round(epsilon * LEVELS * 1e4) / 1e4;
        return levels == Math.rint(levels) ? String.valueOf((long) levels) : String.valueOf(levels);
    }

    /** Returns whether there are several. */
    boolean isCurve() {
        return values.size() > 1;
    }

    /** Returns the largest one. */
    double largest() {
        return values.get(values.size() - 1);
    }

    /** Returns the values of the dimension for an attack; only null if there is no curve, and thus no dimension. */
    List<String> dimension(Attack attack) {
        if (!isCurve()) {
            return Collections.singletonList(null);
        }
        return attack instanceof NoAttack
                ? List.of(NO_CHANGE)
                : values.stream().map(Epsilons::levels).toList();
    }

    /** Returns the epsilon of a value of the dimension; the largest for images without attack or dimension. */
    double of(String dimension) {
        return values.stream()
                .filter(epsilon -> levels(epsilon).equals(dimension))
                .findFirst()
                .orElse(largest());
    }

    /** Returns the values as they may be given. */
    @Override
    public String toString() {
        return values.stream().map(Epsilons::text).collect(Collectors.joining(","));
    }

    /** Returns the largest value as it may be given. */
    String largestText() {
        return text(largest());
    }
}
