package dev.clap4j.cli;

import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers of the command line, and says in plain words what a text should be that is none. */
final class NumberConverters {
    private NumberConverters() {}

    /** Has a program with all its commands read numbers so. */
    static void register(CommandLine program) {
        register(program, Integer.class, int.class, whole(Integer::valueOf, Integer.MAX_VALUE));
        register(program, Long.class, long.class, whole(Long::valueOf, Long.MAX_VALUE));
        register(program, Float.class, float.class, number(Float::valueOf));
        register(program, Double.class, double.class, number(Double::valueOf));
    }

    private static <T> void register(
            CommandLine program, Class<T> type, Class<T> primitive, ITypeConverter<T> converter) {
        program.registerConverter(type, converter);
        program.registerConverter(primitive, converter);
    }

    private static <T> ITypeConverter<T> whole(Function<String, T> parser, long most) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (NumberFormatException e) {
                String kind = text.matches("[-+]?\\d+") ? "a whole number of at most " + most : "a whole number";
                throw no(kind, text);
            }
        };
    }

    private static <T> ITypeConverter<T> number(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (NumberFormatException e) {
                throw no("a number", text);
            }
        };
    }

    private static TypeConversionException no(String kind, String text) {
        return new TypeConversionException("should be " + kind + ", not '" + text + "'");
    }
}
