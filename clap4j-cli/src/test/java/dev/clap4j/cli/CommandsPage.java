package dev.clap4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference page of all commands and options, {@code docs/commands.md}, as the commands describe themselves. */
final class CommandsPage {
    /** Columns of a synopsis: it has to fit into a page without scrolling. */
    private static final int COLUMNS = 90;

    /** Options of every command, which the page explains once. */
    private static final Set<String> EVERYWHERE = Set.of("--help", "--version");

    private static final String BEGINNING = """
            # Commands

            Every command and option, as `clap COMMAND --help` explains them. This page is generated: change the help texts,
            then renew it (see [CONTRIBUTING.md](../CONTRIBUTING.md)). The [task pages](index.md) show the commands at work.

            - Results go to standard output; progress, warnings and errors go to standard error.
            - Exit codes: 0 done, 1 failed, 2 wrong use.
            - Every command has `--help` and `--version`.
            - Without `--model`, a command uses the mini CLIP that comes with clap4j, and says so.
            - In a synopsis, `[…]` marks what is optional, `|` separates alternatives, and `…` means "and more".

            """;

    private CommandsPage() {}

    /** The page for a program with all its commands, in the groups of {@code clap --help}. */
    static String of(CommandLine program) {
        StringBuilder page = new StringBuilder(BEGINNING);
        for (CommandGroup group : CommandGroup.ALL) {
            page.append("**").append(group.title()).append("**\n\n| command | |\n|---|---|\n");
            commands(program, group).forEach(command -> page.append(summary(command)));
            page.append('\n');
        }
        CommandGroup.ALL.stream()
                .flatMap(group -> commands(program, group))
                .flatMap(CommandsPage::withChildren)
                .forEach(command -> page.append(section(command)));
        return page.toString().replaceAll("\n{3,}", "\n\n");
    }

    private static Stream<CommandLine> commands(CommandLine program, CommandGroup group) {
        return group.commands().stream()
                .filter(command -> !command.name().equals("help"))
                .map(command -> program.getSubcommands().get(command.name()));
    }

    private static String summary(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        return "| [`" + spec.qualifiedName() + "`](#" + spec.qualifiedName("-") + ") | " + escaped(first(spec))
                + " |\n";
    }

    private static Stream<CommandLine> withChildren(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().distinct().flatMap(CommandsPage::withChildren));
    }

    private static String first(CommandSpec spec) {
        return Stream.of(spec.usageMessage().header(), spec.usageMessage().description())
                .flatMap(Arrays::stream)
                .findFirst()
                .orElse("");
    }

    private static String section(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        String depth = spec.parent().parent() == null ? "## " : "### ";
        StringBuilder section = new StringBuilder("\n" + depth + spec.qualifiedName() + "\n\n");
        Stream.of(spec.usageMessage().header(), spec.usageMessage().description())
                .flatMap(Arrays::stream)
                .forEach(paragraph -> section.append(escaped(paragraph)).append("\n\n"));
        section.append("```\n").append(synopsis(command)).append("\n```\n");
        List<String> rows = Stream.concat(
                        spec.positionalParameters().stream()
                                .filter(argument -> !argument.hidden())
                                .map(CommandsPage::row),
                        options(spec).stream().map(CommandsPage::row))
                .toList();
        if (!rows.isEmpty()) {
            section.append("\n| option | |\n|---|---|\n");
            rows.forEach(section::append);
        }
        return section.toString();
    }

    private static String synopsis(CommandLine command) {
        command.setUsageHelpAutoWidth(false).setUsageHelpWidth(COLUMNS);
        return new Help(command.getCommandSpec(), Help.defaultColorScheme(Ansi.OFF))
                .synopsis(0)
                .stripTrailing()
                .replace(System.lineSeparator(), "\n");
    }

    private static List<OptionSpec> options(CommandSpec spec) {
        Set<OptionSpec> options = new LinkedHashSet<>(spec.options());
        return options.stream()
                .filter(option -> !option.hidden())
                .filter(option -> Stream.of(option.names()).noneMatch(EVERYWHERE::contains))
                .toList();
    }

    private static String row(PositionalParamSpec argument) {
        return row(argument.paramLabel(), argument);
    }

    private static String row(OptionSpec option) {
        String names = String.join(", ", option.names()) + (option.negatable() ? ", --no-" + bare(option) : "");
        String value = option.arity().max() == 0 && option.typeInfo().isBoolean()
                ? ""
                : option.arity().min() == 0 ? "[=" + option.paramLabel() + "]" : " " + option.paramLabel();
        return row(names + value, option);
    }

    private static String bare(OptionSpec option) {
        return option.longestName().replaceFirst("^--", "");
    }

    private static String row(String label, ArgSpec argument) {
        List<String> sentences = new ArrayList<>(List.of(argument.description()));
        if (argument.required() && argument.group() == null) {
            sentences.add("Required.");
        }
        return "| `" + label.replace("|", "\\|") + "` | "
                + sentences.stream().map(CommandsPage::escaped).collect(Collectors.joining(" ")) + " |\n";
    }

    /** Text as Markdown shows it unchanged, also in a cell of a table. */
    static String escaped(String text) {
        return text.replaceAll("([\\\\|<>*_`\\[\\]])", "\\\\$1").replaceAll("\\R", " ");
    }
}
