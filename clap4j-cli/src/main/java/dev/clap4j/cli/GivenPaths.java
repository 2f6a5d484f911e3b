package dev.clap4j.cli;

import dev.clap4j.feature.FeatureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The paths of a command line, checked before anything is read: none is empty, or a list of several, and no output is an
 * input.
 */
final class GivenPaths {
    /** The label of an option or argument that takes paths. */
    static final Pattern LABEL = Pattern.compile("\\b(FILE|DIR|IMAGE|INDEX|RUN|SPEC)\\b");

    private static final String OUT = "--out";

    /** The paths that a command both reads and writes. */
    private static final Set<String> STORES = Set.of("--cache");

    private GivenPaths() {}

    static void check(CommandSpec command) {
        List<ArgSpec> given = command.args().stream()
                .filter(arg -> LABEL.matcher(arg.paramLabel()).find())
                .toList();
        given.forEach(arg -> WrongUse.when(
                arg.stringValues().contains(""),
                "An empty path for " + name(arg) + "; name a file or folder (. is the present folder)"));
        given.stream().filter(ArgSpec::isMultiValue).forEach(GivenPaths::requireNoList);
        given.stream().filter(arg -> name(arg).equals(OUT)).forEach(out -> given.stream()
                .filter(arg -> arg != out && !STORES.contains(name(arg)))
                .forEach(input -> requireApart(out, input)));
    }

    /** Refuses paths with commas between them, which stand for one path that does not exist. */
    private static void requireNoList(ArgSpec arg) {
        for (String value : arg.originalStringValues()) {
            List<String> parts = Stream.of(value.split(",", -1))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
            WrongUse.when(
                    parts.size() > 1 && !exists(value) && parts.stream().anyMatch(GivenPaths::exists),
                    "There is no " + value + "; several files or folders are given as " + apart(arg, parts));
        }
    }

    private static boolean exists(String path) {
        return path(path).filter(Files::exists).isPresent();
    }

    /** Returns how an option or argument takes several values. */
    private static String apart(ArgSpec arg, List<String> values) {
        if (!(arg instanceof OptionSpec option)) {
            return String.join(" ", values);
        }
        String name = option.longestName() + " ";
        return name + String.join(option.arity().max() > 1 ? " " : " " + name, values);
    }

    private static void requireApart(ArgSpec out, ArgSpec input) {
        boolean beside = out.paramLabel().contains("FILE") && name(input).equals("--model");
        for (Path output : paths(out)) {
            for (Path read : paths(input)) {
                WrongUse.when(
                        FeatureFiles.written(output).stream()
                                .anyMatch(
                                        file -> Files.exists(read) && real(file).equals(real(read))),
                        OUT + " " + output + " would replace " + read + ", which " + name(input)
                                + " reads; choose another name");
                WrongUse.when(
                        beside && Files.isDirectory(read) && real(output).startsWith(real(read)),
                        OUT + " " + output + " is in the model's folder " + read
                                + ", where it could be taken for a part of the model; choose another folder");
            }
        }
    }

    private static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }

    /** The paths that may be meant: those of {@code NAME=FILE} and {@code FILE#NAME} too. */
    private static List<Path> paths(ArgSpec arg) {
        List<Path> paths = new ArrayList<>();
        for (String value : arg.stringValues()) {
            int hash = arg.paramLabel().contains("#") ? value.lastIndexOf('#') : -1;
            String whole = hash < 0 ? value : value.substring(0, hash);
            path(whole).ifPresent(paths::add);
            if (arg.paramLabel().contains("=")) {
                path(whole.substring(whole.indexOf('=') + 1)).ifPresent(paths::add);
            }
        }
        return paths;
    }

    /** None for a pattern of images where the system has no such paths. */
    static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The path without links, as far as it exists. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = absolute.getParent();
            return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
        }
    }
}
