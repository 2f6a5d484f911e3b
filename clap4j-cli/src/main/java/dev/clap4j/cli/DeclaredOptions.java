package dev.clap4j.cli;

import dev.clap4j.training.Hyperparameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Options made from declared hyper-parameters, whose names, help texts and parsers they have, and the values given. */
final class DeclaredOptions {
    private final Map<String, String> given = new HashMap<>();
    private final CommandSpec spec = CommandSpec.create();

    private DeclaredOptions() {}

    /**
     * Declares an option for each hyper-parameter.
     *
     * @param all in the order of the help texts; those of the same name share an option
     * @param names the options of other names than their hyper-parameters
     */
    static DeclaredOptions of(Stream<? extends Hyperparameter<?, ?>> all, Map<String, String> names) {
        Map<String, List<Hyperparameter<?, ?>>> byName = new LinkedHashMap<>();
        all.forEach(each ->
                byName.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(each));
        DeclaredOptions options = new DeclaredOptions();
        byName.forEach(
                (name, same) -> options.spec.addOption(options.option(names.getOrDefault(name, "--" + name), same)));
        return options;
    }

    /** Returns the options, to be mixed into a command. */
    CommandSpec spec() {
        return spec;
    }

    /** Returns the values given, by hyper-parameter. */
    Map<String, String> given() {
        return given;
    }

    private OptionSpec option(String option, List<Hyperparameter<?, ?>> same) {
        Hyperparameter<?, ?> first = same.get(0);
        return OptionSpec.builder(option)
                .paramLabel(first.label())
                .description(first.help())
                .type(String.class)
                .converters(text -> checked(same, text))
                .setter(new ISetter() {
                    @Override
                    @SuppressWarnings("TypeParameterUnusedInFormals")
                    public <T> T set(T value) {
                        if (value == null) {
                            given.remove(first.name());
                        } else {
                            given.put(first.name(), (String) value);
                        }
                        return null;
                    }
                })
                .build();
    }

    /** Returns a text that is well-formed for one of them; whether it is in range is found when it is used. */
    private static String checked(List<Hyperparameter<?, ?>> same, String text) {
        if (same.stream().noneMatch(each -> each.isWellFormed(text))) {
            throw new TypeConversionException(same.get(0).mistake(text));
        }
        return text;
    }
}
