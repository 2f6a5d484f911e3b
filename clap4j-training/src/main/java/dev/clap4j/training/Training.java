package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.TemporaryFolder;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.training.source.PromptSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Trains a CLAP head for a model, on class names alone (CLAP, section 3).
 *
 * <pre>{@code
 * Head head = Training.of(clip).classes("dog", "elephant", "giraffe").run();
 * Clip robust = clip.with(head);
 * }</pre>
 *
 * <p>A builder, for use by one thread; several trainings may run at once. A head of the model itself is not involved: the new
 * one is trained on the features of the encoders.
 */
public final class Training {
    private final ClipModel encoders;
    private List<String> classes = List.of();
    private UnaryOperator<ClapOptions> options = UnaryOperator.identity();
    private PromptSource prompts = PromptSource.template();
    private Progress progress = Progress.NONE;
    private Path folder;
    private RunStart start = RunStart.NEW;

    private Training(ClipModel encoders) {
        this.encoders = encoders;
    }

    /**
     * A training for a model.
     *
     * @param clip must stay open until the training is done
     */
    public static Training of(Clip clip) {
        return new Training(ClipAccess.encoders(clip));
    }

    /** The classes to train on, at least one. */
    public Training classes(String... names) {
        return classes(List.of(names));
    }

    /** The classes to train on, at least one. */
    public Training classes(List<String> names) {
        classes = List.copyOf(names);
        return this;
    }

    /**
     * Changes the hyper-parameters, which by default are those that {@link Defaults} derives from the number of classes: for
     * example {@code options(o -> o.withSeed(7).withLearningRate(1e-3))}.
     */
    public Training options(UnaryOperator<ClapOptions> change) {
        options = Objects.requireNonNull(change);
        return this;
    }

    /** The source of the prompts; by default the paper's templates. */
    public Training prompts(PromptSource source) {
        prompts = Objects.requireNonNull(source);
        return this;
    }

    /** Follows the training, and can stop it. */
    public Training onProgress(Progress listener) {
        progress = Objects.requireNonNull(listener);
        return this;
    }

    /**
     * Keeps the run in a directory: head, provenance, metrics, and the state that a killed run resumes from. By default
     * nothing is kept but the head that {@link #run} returns.
     *
     * @param runDirectory created if it does not exist; it must not hold a run, unless {@link #resume} or {@link #overwrite}
     *     is called too
     */
    public Training in(Path runDirectory) {
        folder = Objects.requireNonNull(runDirectory);
        return this;
    }

    /** Goes on with the run in the directory, from where it was stopped or killed. */
    public Training resume() {
        start = RunStart.RESUME;
        return this;
    }

    /** Replaces the run in the directory, if there is one. */
    public Training overwrite() {
        start = RunStart.OVERWRITE;
        return this;
    }

    /**
     * Trains until all steps are made or the loss no longer improves.
     *
     * @return the head of the check with the lowest loss
     * @throws ClapException if no classes are given, an option is out of range, or the run directory holds another run, none to
     *     resume, or cannot be written
     * @throws dev.clap4j.StoppedException if the progress asked to stop; a run in a directory can be resumed
     * @throws IllegalStateException if the model is closed
     */
    public Head run() {
        if (classes.isEmpty()) {
            throw new ClapException("There should be at least one class to train on");
        }
        if (folder == null && start != RunStart.NEW) {
            throw new ClapException("To resume or overwrite a run, name its directory");
        }
        ClapOptions chosen = options.apply(Defaults.forClasses(classes, encoders.embedDim()));
        ClapTrainer trainer = ClapTrainer.of(encoders, chosen, prompts);
        if (folder != null) {
            return Head.load(trainer.train(folder, start, "", progress).head());
        }
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            return inMemory(Head.load(trainer.train(temporary.path(), RunStart.OVERWRITE, "", progress)
                    .head()));
        }
    }

    /** The same head, no longer named after its file, which is about to be deleted. */
    private static Head inMemory(Head head) {
        return Head.of(
                head.network(),
                head.info(),
                head.weights().names().stream().map(head.weights()::get).toList());
    }
}
