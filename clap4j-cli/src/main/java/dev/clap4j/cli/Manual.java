package dev.clap4j.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A build step: man pages of all commands, and shell completion of their names and options. Both say what {@code --help}
 * says. Left out of the jar.
 */
final class Manual {
    private final String version;

    Manual(String version) {
        this.version = version;
    }

    /**
     * Writes {@code man/man1/clap.1}, {@code clap-train.1}, … and {@code completion/clap} for bash and zsh.
     *
     * @param arguments the folder, and the version that the pages are of
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        CommandLine program = Clap.program();
        Path completion = Files.createDirectories(folder.resolve("completion"));
        Files.writeString(completion.resolve("clap"), completion(program));
        Path pages = Files.createDirectories(folder.resolve("man").resolve("man1"));
        for (Map.Entry<String, String> page :
                new Manual(arguments[1]).pages(program).toList()) {
            Files.writeString(pages.resolve(page.getKey() + ".1"), page.getValue(), StandardCharsets.UTF_8);
        }
    }

    /** Shell completion of names, options, and the values of those that have a few, as they are typed. */
    static String completion(CommandLine program) {
        String script = AutoComplete.bash("clap", program);
        for (ArgSpec option : Converters.options(program).toList()) {
            script = script.replace(quoted(option.completionCandidates()), quoted(Converters.values(option)));
        }
        return script;
    }

    private static String quoted(Iterable<String> values) {
        return "(\"" + String.join("\" \"", values) + "\")";
    }

    /** The pages of a command and all commands below it, by name. */
    Stream<Map.Entry<String, String>> pages(CommandLine command) {
        return Stream.concat(
                Stream.of(Map.entry(name(command.getCommandSpec()), page(command))),
                subcommands(command).stream().flatMap(this::pages));
    }

    private static String name(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    /** Without {@code help}, which is a way to these pages rather than a command. */
    private static Collection<CommandLine> subcommands(CommandLine command) {
        return new LinkedHashSet<>(command.getSubcommands().values())
                .stream()
                        .filter(each -> !each.getCommandSpec().helpCommand())
                        .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                        .toList();
    }

    private String page(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        List<String> about = paragraphs(spec.usageMessage().description());
        Stream<ArgSpec> arguments = Stream.concat(spec.positionalParameters().stream(), spec.options().stream());
        return ".TH \"" + name(spec).toUpperCase(Locale.ROOT) + "\" 1 \"\" \"clap4j " + version + "\" \"clap4j\"\n"
                + section(
                        "NAME",
                        Stream.of(roff(name(spec)) + " \\- "
                                + first(about).map(Manual::roff).orElse("") + "\n"))
                + section("SYNOPSIS", Stream.of(".nf\n" + roff(command.getHelp().synopsis(0)) + "\n.fi\n"))
                + section("DESCRIPTION", about.stream().map(Manual::paragraph))
                + section(
                        "OPTIONS",
                        arguments.filter(argument -> !argument.hidden()).map(argument -> entry(argument, command)))
                + section("COMMANDS", subcommands(command).stream().map(Manual::entry))
                + section(
                        "NOTES",
                        paragraphs(spec.usageMessage().footer()).stream().map(Manual::paragraph))
                + section("EXIT STATUS", Stream.of(paragraph("0: done; 1: failed; 2: wrong use.")))
                + section("SEE ALSO", Stream.of(paragraph(seeAlso(command))));
    }

    private static String seeAlso(CommandLine command) {
        return Stream.concat(Stream.ofNullable(command.getParent()), subcommands(command).stream())
                .map(each -> name(each.getCommandSpec()) + "(1)")
                .collect(Collectors.joining(", "));
    }

    private static String section(String title, Stream<String> parts) {
        String text = parts.collect(Collectors.joining());
        return text.isEmpty() ? "" : ".SH " + title + "\n" + text;
    }

    private static String paragraph(String text) {
        return ".PP\n" + roff(text) + "\n";
    }

    private static String entry(ArgSpec argument, CommandLine command) {
        String label = command.getHelp()
                .parameterLabelRenderer()
                .renderParameterLabel(argument, Ansi.OFF, List.of())
                .toString();
        String term = argument instanceof OptionSpec option ? String.join(", ", option.names()) + label : label;
        return entry(term, String.join(" ", paragraphs(argument.description())));
    }

    private static String entry(CommandLine command) {
        List<String> about = paragraphs(command.getCommandSpec().usageMessage().description());
        return entry(command.getCommandName(), first(about).orElse(""));
    }

    private static String entry(String term, String words) {
        return ".TP\n\\fB" + roff(term) + "\\fR\n" + roff(words) + "\n";
    }

    private static Optional<String> first(List<String> paragraphs) {
        return paragraphs.stream().findFirst();
    }

    /** Lines of a help text, without its formatting. */
    private static List<String> paragraphs(String[] lines) {
        return Stream.of(lines)
                .map(line -> Ansi.OFF.string(String.format(line)))
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Text as it is, whatever it begins with. */
    private static String roff(String text) {
        return text.strip()
                .replace("\\", "\\e")
                .replace("-", "\\-")
                .lines()
                .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .collect(Collectors.joining("\n"));
    }
}
