package dev.clap4j.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The commands for one purpose, as {@code clap --help} lists them.
 *
 * @param title the heading
 * @param commands their classes, in order
 */
record CommandGroup(String title, List<Class<?>> commands) {
    /** All commands. */
    static final List<CommandGroup> ALL = List.of(
            of("Start here", QuickstartCommand.class, HelpCommand.class),
            of("Use a model", ClassifyCommand.class, EmbedCommand.class, ExportCommand.class),
            of(
                    "Train",
                    TrainCommand.class,
                    PromptsCommand.class,
                    SynthesizeCommand.class,
                    HeadCommand.class,
                    PretrainCommand.class),
            of(
                    "Evaluate",
                    ZeroshotCommand.class,
                    FewshotCommand.class,
                    SweepCommand.class,
                    AttackCommand.class,
                    TsneCommand.class,
                    ReproduceCommand.class,
                    ReportCommand.class),
            of(
                    "Tools",
                    CheckpointCommand.class,
                    TokenizeCommand.class,
                    PreprocessCommand.class,
                    IconworldCommand.class,
                    BenchCommand.class));

    private static final int INDENT = 2;
    private static final int GAP = 2;

    private static CommandGroup of(String title, Class<?>... commands) {
        return new CommandGroup(title, List.of(commands));
    }

    /** Returns the name of a command's class on the command line. */
    static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** All groups for a page of help. */
    static String list(Help help) {
        int names = ALL.stream()
                .flatMap(group -> group.commands.stream())
                .mapToInt(command -> name(command).length())
                .max()
                .orElseThrow();
        StringBuilder page = new StringBuilder();
        for (CommandGroup group : ALL) {
            TextTable table = TextTable.forColumns(
                    help.colorScheme(),
                    new Column(names + INDENT, INDENT, Overflow.SPAN),
                    new Column(help.commandSpec().usageMessage().width() - names - INDENT, GAP, Overflow.WRAP));
            Map<String, Help> all = help.subcommands();
            for (Class<?> command : group.commands) {
                table.addRowValues(
                        help.colorScheme().commandText(name(command)),
                        help.colorScheme().text(brief(all.get(name(command)))));
            }
            page.append(String.format("%n%s:%n%s", group.title, table));
        }
        return page.toString();
    }

    private static String brief(Help command) {
        UsageMessageSpec usage = command.commandSpec().usageMessage();
        return usage.header().length > 0 ? usage.header()[0] : usage.description()[0];
    }
}
