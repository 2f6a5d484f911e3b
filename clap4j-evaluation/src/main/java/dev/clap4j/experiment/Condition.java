package dev.clap4j.experiment;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The condition under which a value was measured, such as {@code method=CLAP, prompt=PC, domain=sketch}.
 *
 * @param values the value of each dimension, by its name; a dimension over which the value is averaged is absent
 */
public record Condition(Map<String, String> values) {
    /** The part of the data: {@code seen} or {@code unseen}; absent if there is only one. */
    public static final String DATA = "data";
    /** The model's name; absent if there is only one. */
    public static final String MODEL = "model";
    /** The method: CLIP, CLAP or Im.Aug, or the name that the user gave to a head. */
    public static final String METHOD = "method";
    /** The value of α; absent without a head. */
    public static final String ALPHA = "alpha";
    /** The seed of the run or, if one run compares several heads, of the head. */
    public static final String SEED = "seed";
    /** The prompt set: C, PC, CP, NC, or the user's template. */
    public static final String PROMPT = "prompt";
    /** The number of labelled images per class. */
    public static final String SHOTS = "shots";
    /** The seed of the draw of labelled images. */
    public static final String DRAW = "draw";
    /** The attack; {@code none} for the images as they are. */
    public static final String ATTACK = "attack";
    /** The bound of an attack in 1/255; absent if there is only one. */
    public static final String EPSILON = "epsilon";
    /** The domain. */
    public static final String DOMAIN = "domain";

    /** No dimensions. */
    public static final Condition NONE = new Condition(Map.of());

    /** Copies the map, preserving its order. */
    public Condition {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns the value of a dimension; null if it is absent. */
    public String get(String dimension) {
        return values.get(dimension);
    }

    /** Returns whether a dimension is present. */
    public boolean has(String dimension) {
        return values.containsKey(dimension);
    }

    /** Returns a copy in which a dimension has the given value; null leaves it out. */
    public Condition with(String dimension, Object value) {
        return value == null ? without(dimension) : changed(all -> all.put(dimension, String.valueOf(value)));
    }

    /** Returns a copy with all dimensions of another condition, whose values take precedence. */
    public Condition and(Condition other) {
        return changed(all -> all.putAll(other.values));
    }

    /** Returns a copy without some dimensions. */
    public Condition without(String... dimensions) {
        return without(List.of(dimensions));
    }

    /** Returns a copy without some dimensions. */
    public Condition without(Collection<String> dimensions) {
        return changed(all -> all.keySet().removeAll(dimensions));
    }

    /** Returns a copy with no other dimensions than these. */
    public Condition only(Collection<String> dimensions) {
        return changed(all -> all.keySet().retainAll(dimensions));
    }

    private Condition changed(Consumer<Map<String, String>> change) {
        Map<String, String> copy = new LinkedHashMap<>(values);
        change.accept(copy);
        return new Condition(copy);
    }

    /** Returns whether every dimension of another condition has the same value in this one. */
    public boolean matches(Condition other) {
        return values.entrySet().containsAll(other.values.entrySet());
    }

    /** Returns a title from the method and the other dimensions, such as {@code CLAP α=0.14 seed=1}. */
    public String title() {
        return values.entrySet().stream()
                .map(each -> switch (each.getKey()) {
                    case METHOD -> each.getValue();
                    case ALPHA -> "α=" + each.getValue();
                    default -> each.getKey() + "=" + each.getValue();
                })
                .collect(Collectors.joining(" "));
    }
}
