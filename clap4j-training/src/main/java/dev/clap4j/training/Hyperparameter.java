package dev.clap4j.training;

import dev.clap4j.ClapException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A hyper-parameter of training, declared once: provenance, sweeps and the command line read name, help, parser, getter and
 * setter from here.
 *
 * @param name the same everywhere
 * @param label stands for a value in help texts, such as {@code N}
 * @param help a sentence on what it is, with its default
 * @param values how values are written
 * @param get its value in some options
 * @param set options with another value
 * @param <O> the options that have it
 * @param <T> the type of its values
 */
public record Hyperparameter<O, T>(
        String name, String label, String help, ValueText<T> values, Function<O, T> get, BiFunction<O, T, O> set) {

    /** Returns the value that some options have, as text. */
    public String of(O options) {
        return values.write().apply(get.apply(options));
    }

    /**
     * Reads a value.
     *
     * @throws ClapException if it is no such value
     */
    public T parse(String text) {
        try {
            return values.read().apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw new ClapException(name + " " + mistake(text), e);
        }
    }

    /** Returns what is said about a text that is no such value: what it should be. */
    public String mistake(String text) {
        return "should be " + values.expected(text) + ", not '" + text + "'";
    }

    /** Returns whether a text is written as a value is. The value may still be out of range. */
    public boolean isWellFormed(String text) {
        try {
            return values.read().apply(text.strip()) != null;
        } catch (ClapException e) {
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns a copy of some options with a value.
     *
     * @throws ClapException if it is no such value, or out of range
     */
    public O with(O options, String text) {
        return set.apply(options, parse(text));
    }

    /** Returns the values of some options by name, in the order of the declarations. */
    public static <O> Map<String, String> describe(List<Hyperparameter<O, ?>> all, O options) {
        Map<String, String> values = new LinkedHashMap<>();
        all.forEach(each -> values.put(each.name, each.of(options)));
        return values;
    }

    /**
     * Returns a copy of some options with the given values, set in the order of the declarations.
     *
     * @param given text by name; names that are not declared are ignored
     * @throws ClapException if a value is none, or out of range
     */
    public static <O> O apply(List<Hyperparameter<O, ?>> all, O options, Map<String, String> given) {
        O result = options;
        for (Hyperparameter<O, ?> each : all) {
            if (given.containsKey(each.name)) {
                result = each.with(result, given.get(each.name));
            }
        }
        return result;
    }
}
