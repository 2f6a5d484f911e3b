package dev.clap4j.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.fuzz.target.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the fuzzer, which mutates valid files and observes what happens when they are read. */
@Command(
        name = "fuzz",
        description = {
            "Mutates valid files of every kind that clap4j reads, and reads them. An input may be read, or rejected with a message;"
                    + " another exception, more than 5 seconds, more than 1 GiB or a crash is a finding.",
            "Exit code: 0 without findings, 1 with findings, 2 for wrong use."
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        showDefaultValues = true)
public final class Fuzz implements Callable<Integer> {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(names = "--seconds", defaultValue = "60", paramLabel = "S", description = "Total time in seconds.")
    private int seconds;

    @Option(names = "--executions", paramLabel = "N", description = "Inputs per target and round, instead of a time.")
    private long executions;

    @Option(
            names = "--rounds",
            defaultValue = "2",
            paramLabel = "N",
            description = "Number of rounds, each with another seed.")
    private int rounds;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the first round; random if not given.")
    private Long seed;

    @Option(
            names = "--targets",
            split = ",",
            paramLabel = "NAME",
            description = "Targets to run, see --list; all if not given.")
    private List<String> names;

    @Option(
            names = "--out",
            defaultValue = "clap4j-fuzz/target/findings",
            paramLabel = "DIR",
            description = "Folder of the findings.")
    private Path out;

    @Option(names = "--heap", defaultValue = "1g", paramLabel = "SIZE", description = "Maximum heap size of a worker.")
    private String heap;

    @Option(names = "--list", description = "List the targets.")
    private boolean list;

    @Option(names = "--replay", paramLabel = "DIR", description = "Run the input of a finding again.")
    private Path replay;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Class<? extends TargetList> targetList;

    Fuzz(Class<? extends TargetList> targetList) {
        this.targetList = targetList;
    }

    /** Runs the fuzzer and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Fuzz(Targets.class)).execute(arguments));
    }

    @Override
    public Integer call() throws ReflectiveOperationException {
        List<Target> all = targetList.getDeclaredConstructor().newInstance().targets();
        if (list) {
            all.forEach(target -> say("%s", target.name()));
            return 0;
        }
        try (WorkerProcess worker = new WorkerProcess(targetList, scratch(), Limits.DEFAULT, heap)) {
            Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "close"));
            return replay == null ? fuzz(chosen(all), worker) : replay(worker);
        }
    }

    private List<Target> chosen(List<Target> all) {
        if (names == null) {
            return all;
        }
        List<String> known = all.stream().map(Target::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new ParameterException(spec.commandLine(), "There is no target " + name + "; there are " + known);
        });
        return all.stream().filter(target -> names.contains(target.name())).toList();
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("clap4j-fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int fuzz(List<Target> targets, WorkerProcess worker) {
        long first = seed == null ? System.currentTimeMillis() / 1000 : seed;
        tell("seed %d", first);
        Campaign campaign = new Campaign(targets, worker, new Findings(out.toAbsolutePath()), new Campaign.Listener() {
            @Override
            public void round(long seedOfRound, long sum) {
                tell("seed %d done, %,d executions so far", seedOfRound, sum);
            }

            @Override
            public void found(Finding finding) {
                tell("%s: %s%s", finding.target(), finding.outcome().signature(), finding.repeats() ? "" : " (once)");
                tell(
                        "  java -cp \"clap4j-fuzz/target/classes:$(cat clap4j-fuzz/target/class-path)\" %s --replay %s",
                        Fuzz.class.getName(), finding.folder());
            }
        });
        if (executions > 0) {
            campaign.run(first, rounds, executions);
        } else {
            campaign.run(first, rounds, Duration.ofSeconds(seconds));
        }
        Result result = new Result(first, campaign.tallies(), campaign.findings());
        say("%s", json ? json(result) : result.table());
        return result.findings().stream().anyMatch(Finding::counts) ? 1 : 0;
    }

    private int replay(WorkerProcess worker) {
        Finding finding = Findings.load(replay);
        Outcome outcome = worker.attempt(finding.target(), Input.readFrom(replay.resolve("input")));
        say("%s: %s %s%n%s", finding.target(), outcome.kind(), outcome.signature(), outcome.detail());
        return outcome.kind().isFinding() ? 1 : 0;
    }

    private static String json(Result result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result that JSON cannot express", e);
        }
    }

    private void say(String format, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
        spec.commandLine().getOut().flush();
    }

    private void tell(String format, Object... values) {
        spec.commandLine().getErr().println(String.format(Locale.ROOT, format, values));
        spec.commandLine().getErr().flush();
    }
}
