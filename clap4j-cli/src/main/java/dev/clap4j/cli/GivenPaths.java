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
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The paths of a command line, checked before anything is read: none is empty, and no output is an input. */
final class GivenPaths {
    /** The label of an option or argument that takes paths. */
    static final Pattern LABEL = Pattern.compile("\\b(FILE|DIR|IMAGE|RUN|SPEC)\\b");

    private static final String OUT = "--out";
    private static final String MODEL = "--model";

    /** The paths that a command both reads and writes. */
    private static final Set<String> STORES = Set.of("--cache");

    private final CommandLine command;

    private GivenPaths(CommandLine command) {
        this.command = command;
    }

    /**
     * Checks the paths of a command that has been parsed.
     *
     * @throws ParameterException if a path is empty, the output is an input, or the output is a file in the model's folder
     */
    static void check(CommandLine command) {
        GivenPaths paths = new GivenPaths(command);
        List<ArgSpec> given = command.getCommandSpec().args().stream()
                .filter(arg -> LABEL.matcher(arg.paramLabel()).find())
                .toList();
        given.forEach(paths::requireNotEmpty);
        given.stream().filter(arg -> name(arg).equals(OUT)).forEach(out -> given.stream()
                .filter(arg -> arg != out && !STORES.contains(name(arg)))
                .forEach(input -> paths.requireApart(out, input)));
    }

    private void requireNotEmpty(ArgSpec arg) {
        if (arg.stringValues().contains("")) {
            throw new ParameterException(
                    command, "An empty path for " + name(arg) + "; name a file or folder (. is the present folder)");
        }
    }

    private void requireApart(ArgSpec out, ArgSpec input) {
        boolean toFile = out.paramLabel().contains("FILE");
        for (Path output : paths(out)) {
            for (Path read : paths(input)) {
                if (FeatureFiles.written(output).stream().anyMatch(file -> same(file, read))) {
                    throw new ParameterException(
                            command,
                            OUT + " " + output + " would replace " + read + ", which " + name(input)
                                    + " reads; choose another name");
                }
                if (toFile && name(input).equals(MODEL) && Files.isDirectory(read) && isWithin(output, read)) {
                    throw new ParameterException(
                            command,
                            OUT + " " + output + " is in the model's folder " + read
                                    + ", where it could be taken for a part of the model; choose another folder");
                }
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
    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean same(Path output, Path input) {
        return Files.exists(input) && real(output).equals(real(input));
    }

    private static boolean isWithin(Path file, Path folder) {
        return real(file).startsWith(real(folder));
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
