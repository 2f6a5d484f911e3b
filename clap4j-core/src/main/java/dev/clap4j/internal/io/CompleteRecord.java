package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;

/**
 * Checks that a record read from a file is complete: no component is null except boxed numbers and those marked {@link
 * OrNull}, and all numbers are finite and of plausible size.
 */
final class CompleteRecord {
    private static final double LARGEST = 1e12;

    private CompleteRecord() {}

    /**
     * Checks a record and everything in it.
     *
     * @throws ClapException naming the component that is missing or the number that is invalid
     */
    static void check(Object record) {
        check(record, "");
    }

    private static void check(Object value, String name) {
        if (value == null) {
            throw new ClapException("its " + name + " is missing");
        } else if (value instanceof Record) {
            for (RecordComponent part : value.getClass().getRecordComponents()) {
                Object held = get(part, value);
                if (held != null || !mayBeNull(part)) {
                    check(held, name.isEmpty() ? part.getName() : name + "." + part.getName());
                }
            }
        } else if (value instanceof Collection<?> all) {
            int number = 0;
            for (Object one : all) {
                check(one, name + "[" + number++ + "]");
            }
        } else if (value instanceof Map<?, ?> all) {
            all.forEach((key, one) -> check(one, name + "." + key));
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!(Math.abs(number) <= LARGEST)) {
                throw new ClapException("its " + name + " is " + value);
            }
        }
    }

    private static boolean mayBeNull(RecordComponent part) {
        return Number.class.isAssignableFrom(part.getType()) || part.isAnnotationPresent(OrNull.class);
    }

    private static Object get(RecordComponent part, Object record) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot read the component " + part + " of a record", e);
        }
    }
}
