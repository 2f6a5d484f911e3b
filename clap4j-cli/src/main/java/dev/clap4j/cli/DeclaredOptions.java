package dev.clap4j.cli;

import dev.clap4j.training.Hyperparameter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Options made from declared hyper-parameters, whose names, help texts and parsers they have. */
final class DeclaredOptions {
    private final CommandSpec spec = CommandSpec.create();
    private final Map<String, OptionSpec> options = new HashMap<>();

    private DeclaredOptions() {}

    /**
     * Declares an option for each hyper-parameter.
     *
     * @param all in the order of the help texts; those of the same name share an option
     * @param names the options of other names than their hyper-parameters
     */
    static DeclaredOptions of(Stream<? extends Hyperparameter<?, ?>> all, Map<String, String> names) {
        DeclaredOptions declared = new DeclaredOptions();
        all.collect(Collectors.groupingBy(
                        (Hyperparameter<?, ?> each) -> each.name(), LinkedHashMap::new, Collectors.toList()))
                .forEach((name, same) -> {
                    OptionSpec option = OptionSpec.builder(names.getOrDefault(name, "--" + name))
                            .paramLabel(same.get(0).label())
                            .description(same.get(0).help())
                            .type(String.class)
                            .converters(text -> checked(same, text))
                            .build();
                    declared.options.put(name, option);
                    declared.spec.addOption(option);
                });
        return declared;
    }

    CommandSpec spec() {
        return spec;
    }

    /** Returns the values given, by hyper-parameter. */
    Map<String, String> given() {
        Map<String, String> given = new HashMap<>();
        options.forEach((name, option) -> {
            if (option.getValue() != null) {
                given.put(name, option.getValue());
            }
        });
        return given;
    }

    /** Returns a text that is well-formed for one of them; whether it is in range is found when it is used. */
    private static String checked(List<? extends Hyperparameter<?, ?>> same, String text) {
        if (same.stream().noneMatch(each -> each.isWellFormed(text))) {
            throw new TypeConversionException(same.get(0).mistake(text));
        }
        return text;
    }
}
