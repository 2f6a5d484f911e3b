package dev.clap4j.fuzz;

import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.fuzz.mutation.Mutator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs all targets in turn, in rounds with different seeds, and keeps the findings. */
final class Campaign {
    /** The memory above which a worker is replaced, so that leftovers of one target do not count for the next. */
    private static final long WORKER_BYTES = 2L << 30;

    /** The number of worker deaths after which a target is abandoned. */
    private static final int DEATHS = 20;

    private static final int TRIES = 1_000;
    private static final int TRIES_OF_PROCESSES = 12;

    private final List<Target> targets;
    private final WorkerProcess worker;
    private final Corpus corpus;
    private final Findings store;
    private final Listener listener;
    private final Map<String, TargetTally> tallies = new LinkedHashMap<>();
    private final Map<String, Integer> deaths = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    /** A listener to the progress of a campaign. */
    interface Listener {
        /** Called when all targets have run once. */
        void round(long seed, long executions);

        /** Called for every new finding. */
        void found(Finding finding);
    }

    Campaign(List<Target> targets, WorkerProcess worker, Findings store, Listener listener) {
        this.targets = targets;
        this.worker = worker;
        this.corpus = worker.corpus();
        this.store = store;
        this.listener = listener;
    }

    /**
     * Runs every target for the same time.
     *
     * @param seed the seed of the first round, incremented for each further one
     * @param time the total time, without starting workers and minimizing inputs
     */
    void run(long seed, int rounds, Duration time) {
        rounds(seed, rounds, Long.MAX_VALUE, Math.max(1, time.toMillis() / rounds / targets.size()));
    }

    /**
     * Runs every target a number of times.
     *
     * @param seed the seed of the first round, incremented for each further one
     * @param executions the number of executions of each target in each round
     */
    void run(long seed, int rounds, long executions) {
        rounds(seed, rounds, executions, Duration.ofDays(1).toMillis());
    }

    private void rounds(long seed, int rounds, long executions, long millis) {
        for (int round = 0; round < rounds; round++) {
            for (Target target : targets) {
                turn(target, seed + round, executions, millis);
            }
            listener.round(
                    seed + round,
                    tallies.values().stream().mapToLong(TargetTally::executions).sum());
        }
    }

    private void turn(Target target, long seed, long executions, long millis) {
        long next = 0;
        long left = millis;
        while (next < executions && left > 0 && deaths.getOrDefault(target.name(), 0) <= DEATHS) {
            Row row = worker.run(Order.row(target.name(), seed, next, executions, left));
            count(target, next, row);
            row.found().forEach(found -> keep(target, seed, found));
            next = row.next();
            left -= Math.max(1, Duration.ofNanos(row.nanos()).toMillis());
            if (row.residentBytes() > WORKER_BYTES) {
                worker.restart();
            }
        }
    }

    private void count(Target target, long from, Row row) {
        int deathsNow = deaths.merge(target.name(), row.died() ? 1 : 0, Integer::sum);
        TargetTally tally = new TargetTally(
                target.name(),
                row.next() - from,
                row.values(),
                row.refusals(),
                row.found().size(),
                row.nanos() / 1e9,
                row.residentBytes(),
                deathsNow > DEATHS);
        tallies.merge(target.name(), tally, TargetTally::plus);
    }

    private void keep(Target target, long seed, Found found) {
        if (!known.add(target.name() + " " + found.outcome().kind() + " "
                + found.outcome().signature())) {
            return;
        }
        Input input = new Mutator(target.name(), corpus.seeds(target), seed).input(found.execution());
        boolean repeats = fails(target, found, input);
        boolean quick = found.outcome().kind() == Outcome.Kind.EXCEPTION;
        Input minimal = repeats
                ? new Minimizer(candidate -> fails(target, found, candidate), quick ? TRIES : TRIES_OF_PROCESSES)
                        .minimize(input)
                : input;
        Finding finding = store.save(target.name(), seed, found, repeats, input, minimal);
        findings.add(finding);
        listener.found(finding);
    }

    private boolean fails(Target target, Found found, Input input) {
        return worker.attempt(target.name(), input).isSameAs(found.outcome());
    }

    /** Returns the statistics of the targets, in order. */
    List<TargetTally> tallies() {
        return List.copyOf(tallies.values());
    }

    /** Returns every fault, once per target. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
