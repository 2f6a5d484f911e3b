package dev.clap4j.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.fuzz.mutation.Mutator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The process that runs inputs, some of which may end it. It reads orders from standard input and writes replies to
 * standard output, one line of JSON each; the current execution is recorded in a {@link Ledger} that survives it.
 */
final class Worker {
    /** The prefix that distinguishes replies from the output of libraries. */
    static final String MARK = "@worker ";

    /** The exit code of a worker ended by its watchdog. */
    static final int HALTED = 86;

    private static final int FAILED = 70;
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Target> targets = new HashMap<>();
    private final Set<String> warm = new HashSet<>();
    private final Corpus corpus;
    private final Ledger ledger;
    private final PrintStream replies;
    private final InputRunner runner;
    private long execution;

    private Worker(TargetList list, Path folder, Path inputs, Limits limits, PrintStream replies) throws IOException {
        list.targets().forEach(target -> targets.put(target.name(), target));
        this.corpus = new Corpus(folder.resolve("corpus"));
        this.ledger = Ledger.open(folder);
        this.replies = replies;
        this.runner = new InputRunner(inputs, limits, Watchdog.start(limits, this::giveUp));
    }

    /**
     * Executes orders until there are no more.
     *
     * @param arguments the class of the targets, the worker's folder, the folder for inputs, the limits in milliseconds
     *     and bytes
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        PrintStream replies = System.out;
        System.setOut(System.err);
        TargetList list = Class.forName(arguments[0])
                .asSubclass(TargetList.class)
                .getDeclaredConstructor()
                .newInstance();
        Limits limits = new Limits(Duration.ofMillis(Long.parseLong(arguments[3])), Long.parseLong(arguments[4]));
        Worker worker = new Worker(list, Path.of(arguments[1]), Path.of(arguments[2]), limits, replies);
        try {
            worker.obeyAll();
            Runtime.getRuntime().halt(0);
        } catch (IOException | RuntimeException | Error e) {
            // A fault of the fuzzer itself; other threads would keep the process alive.
            e.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private void obeyAll() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            obey(JSON.readValue(line, Order.class));
        }
    }

    private void obey(Order order) {
        Target target = targets.get(order.target());
        if (warm.add(target.name())) {
            runner.warmUp(target, corpus.seeds(target).get(0));
        }
        if (order.input() != null) {
            execution = 0;
            reply(true, runner.run(target, Input.readFrom(Path.of(order.input()))));
            return;
        }
        Mutator mutator = new Mutator(target.name(), corpus.seeds(target), order.seed());
        long deadline = System.nanoTime() + Duration.ofMillis(order.millis()).toNanos();
        for (execution = order.from(); execution < order.to(); execution++) {
            Input input = mutator.input(execution);
            ledger.begin(execution);
            Outcome outcome = runner.run(target, input);
            ledger.end(outcome.kind());
            if (outcome.kind().isFinding()) {
                reply(false, outcome);
            }
            if (System.nanoTime() - deadline >= 0) {
                execution++;
                break;
            }
        }
        reply(true, null);
    }

    /** Ends this process, the only way to stop what runs in it. */
    private void giveUp(Outcome outcome) {
        reply(false, outcome);
        Runtime.getRuntime().halt(HALTED);
    }

    private synchronized void reply(boolean done, Outcome outcome) {
        try {
            Reply reply = new Reply(done, execution, outcome, Watchdog.resident());
            replies.println(MARK + JSON.writeValueAsString(reply));
            replies.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A reply that JSON cannot express", e);
        }
    }
}
