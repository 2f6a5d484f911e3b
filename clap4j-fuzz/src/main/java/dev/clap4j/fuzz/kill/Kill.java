package dev.clap4j.fuzz.kill;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line that kills commands at random moments, resumes them, and compares the result with that of
 * undisturbed runs.
 */
@CommandLine.Command(
        name = "kill",
        description = {
            "Kills commands at random moments, resumes them, and compares every file with that of an undisturbed"
                    + " run.",
            "Exit code: 0 without differences, 1 with differences, 2 for wrong use."
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        showDefaultValues = true)
public final class Kill implements Callable<Integer> {
    @Option(
            names = "--kills",
            defaultValue = "500",
            paramLabel = "N",
            description = "Total number of kills, of all commands.")
    private int kills;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the moments; random if not given.")
    private Long seed;

    @Option(names = "--commands", split = ",", paramLabel = "NAME", description = "Commands to kill; all if not given.")
    private List<String> names;

    @Option(
            names = "--at-once",
            defaultValue = "1",
            paramLabel = "N",
            description = "Number of commands to run in parallel.")
    private int atOnce;

    @Option(
            names = "--out",
            defaultValue = "clap4j-fuzz/target/kills",
            paramLabel = "DIR",
            description = "Folder in which commands run; unexpected differences are kept there.")
    private Path out;

    @Spec
    private CommandSpec spec;

    /** Runs the program and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Kill()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long used = seed == null ? System.currentTimeMillis() / 1000 : seed;
        PrintWriter err = spec.commandLine().getErr();
        err.println("seed " + used);
        List<CommandTally> tallies = run(chosen(), used, err);
        spec.commandLine().getOut().println(CommandTally.table(tallies) + "seed " + used);
        return tallies.stream().anyMatch(tally -> tally.differences() > 0) ? 1 : 0;
    }

    private List<Command> chosen() {
        List<Command> all = World.commands();
        if (names == null) {
            return all;
        }
        List<String> known = all.stream().map(Command::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new ParameterException(spec.commandLine(), "There is no command " + name + "; there are " + known);
        });
        return all.stream().filter(command -> names.contains(command.name())).toList();
    }

    private List<CommandTally> run(List<Command> commands, long used, PrintWriter err)
            throws IOException, InterruptedException {
        Path base = Files.createDirectories(out).toRealPath();
        World.write(base);
        int each = (kills + commands.size() - 1) / commands.size();
        ExecutorService pool = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<CommandTally>> running = new ArrayList<>();
            for (Command command : commands) {
                Kills killed = new Kills(command, base, line -> {
                    err.println(line);
                    err.flush();
                });
                running.add(pool.submit(() -> killed.run(used, each)));
            }
            List<CommandTally> tallies = new ArrayList<>();
            for (Future<CommandTally> one : running) {
                tallies.add(one.get());
            }
            return tallies;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
