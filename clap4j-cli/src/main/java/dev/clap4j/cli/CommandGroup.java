package dev.clap4j.cli;

import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.Measurements;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The commands for one purpose, as {@code clap --help} lists them.
 *
 * @param title the heading
 * @param commands the commands, in order
 */
record CommandGroup(String title, List<Entry> commands) {
    static final List<CommandGroup> ALL = List.of(
            of("Start here", entry(QuickstartCommand.class), entry(HelpCommand.class)),
            of(
                    "Use a model",
                    entry(ClassifyCommand.class),
                    entry(EmbedCommand.class),
                    entry(ExportCommand.class),
                    entry(ServeCommand.class),
                    entry(ModelsCommand.class)),
            of(
                    "Search pictures",
                    entry(IndexCommand.class),
                    entry(SearchCommand.class),
                    entry(DuplicatesCommand.class)),
            of(
                    "Train",
                    entry(TrainCommand.class),
                    entry(PromptsCommand.class),
                    entry(SynthesizeCommand.class),
                    entry(
                            "head",
                            List.of("Inspect heads, or apply them to features."),
                            HeadInspectCommand.class,
                            HeadApplyCommand.class),
                    entry(PretrainCommand.class)),
            new CommandGroup(
                    "Evaluate",
                    Stream.concat(
                                    Measurements.ALL.stream().map(CommandGroup::entry),
                                    Stream.of(
                                            entry(SweepCommand.class),
                                            entry(ReproduceCommand.class),
                                            entry(ReportCommand.class),
                                            entry(RerunCommand.class)))
                            .toList()),
            of(
                    "Tools",
                    entry(
                            "checkpoint",
                            List.of("Inspect CLIP checkpoints, try int8, or write untrained ones."),
                            CheckpointInspectCommand.class,
                            CheckpointVerifyCommand.class,
                            CheckpointQuantizeCommand.class,
                            CheckpointRandomCommand.class),
                    entry(TokenizeCommand.class),
                    entry(PreprocessCommand.class),
                    entry(
                            "iconworld",
                            List.of(
                                    "Draw pictures of everyday things in many styles.",
                                    "They are made from the emoji of eleven teams."),
                            IconworldBuildCommand.class,
                            IconworldSheetCommand.class),
                    entry(BenchCommand.class)));

    /**
     * A command.
     *
     * @param name its name on the command line
     * @param description sentences for help texts, the first one a summary
     * @param create creates the command
     */
    record Entry(String name, String[] description, Supplier<CommandLine> create) {}

    private static final int INDENT = 2;
    private static final int GAP = 2;

    private static CommandGroup of(String title, Entry... commands) {
        return new CommandGroup(title, List.of(commands));
    }

    private static Entry entry(Class<?> command) {
        Command about = command.getAnnotation(Command.class);
        // A program of its own, since only those have their model transformed.
        return new Entry(about.name(), about.description(), () -> new CommandLine(command));
    }

    private static Entry entry(MeasurementKind kind) {
        return new Entry(
                kind.id(), kind.description().toArray(String[]::new), () -> new CommandLine(new MeasureCommand(kind)));
    }

    /** A command that is nothing but a name for others. */
    private static Entry entry(String name, List<String> description, Class<?>... commands) {
        String[] sentences = description.toArray(String[]::new);
        return new Entry(name, sentences, () -> {
            CommandLine program = new CommandLine(new Family());
            program.getCommandSpec().name(name).usageMessage().description(sentences);
            Stream.of(commands).map(CommandLine::new).forEach(program::addSubcommand);
            return program;
        });
    }

    @Command(mixinStandardHelpOptions = true)
    private static final class Family implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            throw new WrongUse("Which command? "
                    + Converters.either(List.copyOf(spec.subcommands().keySet())) + ".");
        }
    }

    /** All groups for a page of help. */
    static String list(Help help) {
        int names = ALL.stream()
                .flatMap(group -> group.commands.stream())
                .mapToInt(command -> command.name.length())
                .max()
                .orElseThrow();
        StringBuilder page = new StringBuilder();
        for (CommandGroup group : ALL) {
            TextTable table = TextTable.forColumns(
                    help.colorScheme(),
                    new Column(names + INDENT, INDENT, Overflow.SPAN),
                    new Column(help.commandSpec().usageMessage().width() - names - INDENT, GAP, Overflow.WRAP));
            for (Entry command : group.commands) {
                table.addRowValues(
                        help.colorScheme().commandText(command.name),
                        help.colorScheme().text(command.description[0]));
            }
            page.append(String.format("%n%s:%n%s", group.title, table));
        }
        return page.toString();
    }
}
