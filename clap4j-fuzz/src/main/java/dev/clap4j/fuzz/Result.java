package dev.clap4j.fuzz;

import java.util.List;
import java.util.Locale;

/**
 * The result of a fuzzing run.
 *
 * @param seed the seed of the first round
 * @param targets statistics of the targets
 * @param findings every fault, once per target
 */
record Result(long seed, List<TargetTally> targets, List<Finding> findings) {
    Result {
        targets = List.copyOf(targets);
        findings = List.copyOf(findings);
    }

    /** Returns a table for people. */
    String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-22s %11s %9s %9s %9s %9s %8s%n",
                "target",
                "executions",
                "a second",
                "read",
                "refused",
                "findings",
                "MiB"));
        targets.forEach(tally -> table.append(line(tally)));
        TargetTally sum = targets.stream().reduce(new TargetTally("all", 0, 0, 0, 0, 0, 0, false), TargetTally::plus);
        return table.append(line(sum)).append("seed ").append(seed).toString();
    }

    private static String line(TargetTally tally) {
        return String.format(
                Locale.ROOT,
                "%-22s %,11d %,9.0f %,9d %,9d %,9d %,8d%s%n",
                tally.target(),
                tally.executions(),
                tally.perSecond(),
                tally.values(),
                tally.refusals(),
                tally.findings(),
                tally.peakBytes() >> 20,
                tally.gaveUp() ? "  left alone, for it ended too many processes" : "");
    }
}
