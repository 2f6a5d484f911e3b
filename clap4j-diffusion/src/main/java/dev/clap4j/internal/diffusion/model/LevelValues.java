package dev.clap4j.internal.diffusion.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.checkpoint.ConfigSection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values of a configuration for the resolutions of a network: a list, or one for all. */
final class LevelValues {
    /** Limits far beyond published networks; larger numbers are mistakes. */
    private static final int MOST_LEVELS = 16;

    private static final int MOST_LAYERS = 32;

    private LevelValues() {}

    /** Returns a list of whole numbers above 0, one for each level. */
    static List<Integer> channels(ConfigSection section, String key, List<Integer> byDefault) {
        JsonNode value = section.value(key);
        if (value.isMissingNode()) {
            return byDefault;
        }
        if (!value.isArray() || value.isEmpty() || value.size() > MOST_LEVELS) {
            throw section.unexpected(key, "a list of 1 to " + MOST_LEVELS + " whole numbers");
        }
        List<Integer> numbers = new ArrayList<>();
        value.forEach(one -> numbers.add(number(section, key, one, 1_000_000)));
        return numbers;
    }

    /** Returns the number of layers of each level. */
    static List<Integer> layers(ConfigSection section, String key, int byDefault, int levels) {
        return numbers(section, key, byDefault, levels, MOST_LAYERS);
    }

    /** Returns a whole number above 0 for each level. */
    static List<Integer> numbers(ConfigSection section, String key, int byDefault, int levels, int limit) {
        JsonNode value = section.value(key);
        if (value.isMissingNode()) {
            return Collections.nCopies(levels, byDefault);
        }
        if (!value.isArray()) {
            return Collections.nCopies(levels, number(section, key, value, limit));
        }
        if (value.size() != levels) {
            throw section.unexpected(key, "a whole number, or a list of " + levels + ", one for each block");
        }
        List<Integer> numbers = new ArrayList<>();
        value.forEach(one -> numbers.add(number(section, key, one, limit)));
        return numbers;
    }

    private static int number(ConfigSection section, String key, JsonNode value, int limit) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1 || value.asInt() > limit) {
            throw section.unexpected(key, "whole numbers from 1 to " + limit);
        }
        return value.asInt();
    }

    /**
     * Returns for each level whether its block is of the first of two classes.
     *
     * @param byDefault the class of each block if the key is absent
     */
    static List<Boolean> areOf(
            ConfigSection section, String key, List<String> byDefault, String first, String second, int levels) {
        JsonNode value = section.value(key);
        List<String> names = new ArrayList<>();
        value.forEach(one -> names.add(one.asText()));
        List<String> classes = value.isMissingNode() ? byDefault : names;
        boolean known = (value.isMissingNode() || value.isArray())
                && classes.size() == levels
                && classes.stream().allMatch(name -> name.equals(first) || name.equals(second));
        if (!known) {
            throw section.unexpected(
                    key,
                    "a list of " + levels + " names, one for each of block_out_channels, all of them "
                            + (first.equals(second) ? first : first + " or " + second));
        }
        return classes.stream().map(first::equals).toList();
    }
}
