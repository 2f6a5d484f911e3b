package dev.clap4j.fuzz.kill;

import java.util.List;
import java.util.Locale;

/**
 * What was done to a command.
 *
 * @param command its name
 * @param trials runs that were disturbed
 * @param kills processes that were killed
 * @param resumes processes that went on with {@code --resume}
 * @param repeats processes that began anew after a kill
 * @param differences what was not as it should be
 */
record Tally(String command, int trials, int kills, int resumes, int repeats, int differences) {
    private static final String ROW = "%-16s %7s %7s %8s %8s %12s%n";

    static Tally none(String command) {
        return new Tally(command, 0, 0, 0, 0, 0);
    }

    Tally plus(Tally other) {
        return new Tally(
                command,
                trials + other.trials,
                kills + other.kills,
                resumes + other.resumes,
                repeats + other.repeats,
                differences + other.differences);
    }

    /** For people, with a sum below. */
    static String table(List<Tally> tallies) {
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, ROW, "command", "trials", "kills", "resumes", "repeats", "differences"));
        tallies.forEach(tally -> table.append(tally.row()));
        return table.append(tallies.stream().reduce(none("all"), Tally::plus).row())
                .toString();
    }

    private String row() {
        return String.format(Locale.ROOT, ROW, command, trials, kills, resumes, repeats, differences);
    }
}
