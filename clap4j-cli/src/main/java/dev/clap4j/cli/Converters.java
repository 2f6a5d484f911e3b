package dev.clap4j.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads numbers, and the values of options that have a few, as these are typed: {@code im-aug} for {@code IM_AUG}. Says in
 * plain words what a text should be that is neither.
 */
final class Converters {
    private Converters() {}

    /** Has a program with all its commands read values so. */
    static void register(CommandLine program) {
        register(program, Integer.class, int.class, whole(Integer::valueOf, Integer.MAX_VALUE));
        register(program, Long.class, long.class, whole(Long::valueOf, Long.MAX_VALUE));
        register(program, Float.class, float.class, number(Float::valueOf, text -> "a number"));
        register(program, Double.class, double.class, number(Double::valueOf, text -> "a number"));
        options(program).forEach(option -> constants(option).forEach(type -> register(program, type)));
    }

    private static <T> void register(
            CommandLine program, Class<T> type, Class<T> primitive, ITypeConverter<T> converter) {
        program.registerConverter(type, converter);
        program.registerConverter(primitive, converter);
    }

    private static <T> ITypeConverter<T> whole(Function<String, T> parser, long most) {
        return number(
                parser, text -> text.matches("[-+]?\\d+") ? "a whole number of at most " + most : "a whole number");
    }

    private static <T> ITypeConverter<T> number(Function<String, T> parser, UnaryOperator<String> kind) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (NumberFormatException e) {
                throw no(kind.apply(text), text);
            }
        };
    }

    private static <T> void register(CommandLine program, Class<T> type) {
        program.registerConverter(type, text -> Arrays.stream(type.getEnumConstants())
                .filter(value ->
                        typed(value).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> no(either(values(type)), text)));
    }

    private static TypeConversionException no(String kind, String text) {
        return new TypeConversionException("should be " + kind + ", not '" + text + "'");
    }

    /** Returns texts as alternatives: {@code a, b or c}. */
    static String either(List<String> values) {
        int last = values.size() - 1;
        return last == 0 ? values.get(0) : String.join(", ", values.subList(0, last)) + " or " + values.get(last);
    }

    /** Returns the options of a command, and of all commands below it, that have a few values. */
    static Stream<ArgSpec> options(CommandLine command) {
        return Stream.concat(
                command.getCommandSpec().args().stream()
                        .filter(option -> constants(option).findAny().isPresent()),
                command.getSubcommands().values().stream().flatMap(Converters::options));
    }

    /** Returns the values of an option that has a few; empty for others. */
    static List<String> values(ArgSpec option) {
        return constants(option).flatMap(type -> values(type).stream()).toList();
    }

    private static Stream<Class<?>> constants(ArgSpec option) {
        return Arrays.stream(option.auxiliaryTypes()).filter(Class::isEnum);
    }

    private static List<String> values(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Converters::typed).toList();
    }

    private static String typed(Object value) {
        return ((Enum<?>) value).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
