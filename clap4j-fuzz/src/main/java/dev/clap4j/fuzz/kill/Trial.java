package dev.clap4j.fuzz.kill;

import dev.clap4j.cli.Clap;
import dev.clap4j.fuzz.mutation.Chance;
import dev.clap4j.internal.io.AtomicFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A command that is killed one or more times, and resumed until it is done. */
final class Trial {
    private static final int MOST_KILLS = 4;

    /** The exit codes of a command that was asked to stop. */
    private static final List<Integer> STOPPED = List.of(130, 143);

    private final Command command;
    private final Path folder;
    private final Map<String, byte[]> undisturbed;
    private final Moment.Usual usual;
    private int kills;
    private int resumes;
    private int repeats;
    private final List<String> differences = new ArrayList<>();

    /**
     * Creates a trial.
     *
     * @param folder the folder in which the command runs
     * @param undisturbed the files of an undisturbed run
     */
    Trial(Command command, Path folder, Map<String, byte[]> undisturbed, Moment.Usual usual) {
        this.command = command;
        this.folder = folder;
        this.undisturbed = undisturbed;
        this.usual = usual;
    }

    /** Runs the trial. */
    CommandTally run(Chance chance) {
        int wanted = chance.between(1, MOST_KILLS);
        boolean done = false;
        for (int i = 0; i < wanted && !done && differences.isEmpty(); i++) {
            done = disturb(Moment.of(chance, usual));
        }
        if (!done && differences.isEmpty()) {
            try (ClapProcess last = next()) {
                require(last.exitCode() == Clap.DONE, "goes on with " + command.next(folder) + ", but: " + last.said());
            }
        }
        if (differences.isEmpty()) {
            compareEnd();
        }
        return new CommandTally(command.name(), 1, kills, resumes, repeats, differences.size());
    }

    /** Returns descriptions of unexpected differences. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    private ClapProcess next() {
        if (command.isResumed(folder)) {
            resumes++;
        } else if (kills > 0) {
            repeats++;
        }
        return ClapProcess.start(command.next(folder), folder);
    }

    /** Starts the command and kills it; returns whether it finished before that. */
    private boolean disturb(Moment moment) {
        try (ClapProcess process = next()) {
            moment.await(process, folder);
            int code = process.kill();
            if (code == ClapProcess.KILLED) {
                kills++;
                compareBetween(moment);
            } else if (STOPPED.contains(code)) {
                compareBetween(moment);
            } else {
                // A command asked to stop before it has begun says so, and fails.
                boolean stopped = moment.asked() >= 0 && process.said().contains("Stopped before");
                require(code == Clap.DONE || stopped, "ends with " + code + ": " + process.said());
            }
            return code == Clap.DONE;
        }
    }

    private void compareBetween(Moment moment) {
        Contents.of(folder).forEach((name, bytes) -> {
            Path file = folder.resolve(name);
            byte[] whole = undisturbed.get(name);
            if (command.isPassing(name)) {
                require(Comparison.isWhole(file), "is torn after a kill at " + moment + ": " + name);
            } else if (whole != null) {
                require(
                        command.comparison(name).isPart(whole, bytes, file),
                        "is not what belongs there after a kill at " + moment + ": " + name);
            } else {
                require(AtomicFiles.isPassing(Path.of(name)), "lies there after a kill at " + moment + ": " + name);
            }
        });
    }

    private void compareEnd() {
        Map<String, byte[]> found = new TreeMap<>(Contents.of(folder));
        undisturbed.forEach((name, whole) -> {
            byte[] bytes = found.remove(name);
            require(bytes != null, "is missing in the end: " + name);
            if (bytes != null) {
                require(command.comparison(name).isSame(whole, bytes), "differs in the end: " + name);
            }
        });
        found.keySet().forEach(name -> require(false, "is left in the end: " + name));
    }

    private void require(boolean isRight, String otherwise) {
        if (!isRight) {
            differences.add(otherwise);
        }
    }
}
