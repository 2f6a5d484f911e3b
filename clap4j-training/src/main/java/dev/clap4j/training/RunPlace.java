package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.RunStart;
import dev.clap4j.head.Head;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.TemporaryFolder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where a run is kept, and how to treat one that is there already.
 *
 * @param folder the run directory; empty if nothing is kept except the head
 * @param start how to treat an existing run
 */
record RunPlace(Optional<Path> folder, RunStart start) {
    /** A run of which nothing is kept except the head. */
    static final RunPlace MEMORY = new RunPlace(Optional.empty(), RunStart.NEW);

    /** Returns a place in a directory. */
    RunPlace in(Path runDirectory) {
        return new RunPlace(Optional.of(Objects.requireNonNull(runDirectory, "runDirectory")), start);
    }

    /** Returns this place with another treatment of an existing run. */
    RunPlace starting(RunStart other) {
        return new RunPlace(folder, other);
    }

    /**
     * Checks that there is a directory if one is needed.
     *
     * @throws ClapException if there is none
     */
    void check() {
        if (folder.isEmpty() && start != RunStart.NEW) {
            throw new ClapException("To resume or overwrite a run, name its directory");
        }
    }

    /** Trains a head here. */
    Head head(BiFunction<Path, RunStart, TrainingResult> training) {
        if (folder.isPresent()) {
            return Head.load(training.apply(folder.get(), start).head());
        }
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            return inMemory(Head.load(
                    training.apply(temporary.path(), RunStart.OVERWRITE).head()));
        }
    }

    /** Returns a copy of the head without a reference to its file, which is about to be deleted. */
    private static Head inMemory(Head head) {
        return HeadAccess.of(
                HeadAccess.network(head),
                head.info(),
                HeadAccess.weights(head).names().stream()
                        .map(HeadAccess.weights(head)::get)
                        .toList());
    }
}
