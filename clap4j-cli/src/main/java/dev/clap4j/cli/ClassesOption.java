package dev.clap4j.cli;

import dev.clap4j.prompt.ClassNames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --classes} or {@code --classes-file}: the names of the classes. */
final class ClassesOption {
    @ArgGroup
    private Where where;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private static final class Where {
        @Option(
                names = "--classes",
                paramLabel = "A,B,…",
                description =
                        "The class names, with commas between them; one that has a comma stands in double quotes.")
        private String classes;

        @Option(names = "--classes-file", paramLabel = "FILE", description = "A UTF-8 file with a class name a line.")
        private Path file;
    }

    List<String> required() {
        return names().orElseThrow(() -> new WrongUse("Name the classes with --classes or --classes-file."));
    }

    Optional<List<String>> names() {
        if (where == null) {
            return Optional.empty();
        }
        List<String> names = where.file == null
                ? WrongUse.checking(() -> ClassNames.parse(where.classes))
                : ClassNames.read(where.file);
        warnOfTwins(names, command.commandLine().getErr());
        return Optional.of(names);
    }

    /** Says which names differ in capitals and the signs between words alone: they may be one class, written twice. */
    static void warnOfTwins(List<String> names, PrintWriter err) {
        Map<String, String> known = new HashMap<>();
        try (Warnings warnings = new Warnings(err)) {
            for (String name : names) {
                String other = known.putIfAbsent(name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", " "), name);
                if (other != null) {
                    warnings.accept("the classes \"" + other + "\" and \"" + name + "\" look like one, written twice");
                }
            }
        }
    }
}
