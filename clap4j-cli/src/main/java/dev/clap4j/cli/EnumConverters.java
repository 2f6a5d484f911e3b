package dev.clap4j.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options that have a few, and lists them as they are typed: {@code im-aug} for {@code IM_AUG}. */
final class EnumConverters {
    private EnumConverters() {}

    /** Has a program with all its commands read such values so. */
    static void register(CommandLine program) {
        options(program).forEach(option -> constants(option).forEach(type -> register(program, type)));
    }

    /** Returns the options of a command, and of all commands below it, that have a few values. */
    static Stream<ArgSpec> options(CommandLine command) {
        return Stream.concat(
                command.getCommandSpec().args().stream()
                        .filter(option -> constants(option).findAny().isPresent()),
                command.getSubcommands().values().stream().flatMap(EnumConverters::options));
    }

    private static Stream<Class<?>> constants(ArgSpec option) {
        return Arrays.stream(option.auxiliaryTypes()).filter(Class::isEnum);
    }

    private static <T> void register(CommandLine program, Class<T> type) {
        program.registerConverter(type, converter(type));
    }

    private static <T> ITypeConverter<T> converter(Class<T> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(value ->
                        typed(value).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException("should be " + either(values(type)) + ", not '" + text + "'"));
    }

    /** Returns the values of an option that has a few; empty for others. */
    static List<String> values(ArgSpec option) {
        return constants(option).flatMap(type -> values(type).stream()).toList();
    }

    private static List<String> values(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(EnumConverters::typed).toList();
    }

    private static String typed(Object value) {
        return ((Enum<?>) value).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String either(List<String> values) {
        int last = values.size() - 1;
        return last == 0 ? values.get(0) : String.join(", ", values.subList(0, last)) + " or " + values.get(last);
    }
}
