package dev.clap4j.fuzz.kill;

import java.util.List;
import java.util.Locale;

/**
 * The statistics of a command.
 *
 * @param command its name
 * @param trials number of disturbed runs
 * @param kills number of killed processes
 * @param resumes number of processes resumed with {@code --resume}
 * @param repeats number of processes started anew after a kill
 * @param differences number of unexpected differences
 */
record CommandTally(String command, int trials, int kills, int resumes, int repeats, int differences) {
    private static final String ROW = "%-16s %7s %7s %8s %8s %12s%n";

    static CommandTally none(String command) {
        return new CommandTally(command, 0, 0, 0, 0, 0);
    }

    CommandTally plus(CommandTally other) {
        return new CommandTally(
                command,
                trials + other.trials,
                kills + other.kills,
                resumes + other.resumes,
                repeats + other.repeats,
                differences + other.differences);
    }

    /** Returns a table for people, with totals. */
    static String table(List<CommandTally> tallies) {
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, ROW, "command", "trials", "kills", "resumes", "repeats", "differences"));
        tallies.forEach(tally -> table.append(tally.row()));
        return table.append(
                        tallies.stream().reduce(none("all"), CommandTally::plus).row())
                .toString();
    }

    private String row() {
        return String.format(Locale.ROOT, ROW, command, trials, kills, resumes, repeats, differences);
    }
}
