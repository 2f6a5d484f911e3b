package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.training.source.PromptSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Trains a CLAP head for a model from class names alone (CLAP, section 3).
 *
 * <pre>{@code
 * Head head = Training.of(clip).classes("dog", "elephant", "giraffe").run();
 * Clip robust = clip.with(head);
 * }</pre>
 *
 * <p>This builder is for use by one thread; several trainings may run at once. If the model already has a head, it is
 * ignored: the new head is trained on the features of the encoders.
 */
public final class Training {
    private final ClipModel encoders;
    private List<String> classes = List.of();
    private UnaryOperator<ClapOptions> options = UnaryOperator.identity();
    private PromptSource prompts = PromptSource.template();
    private Progress progress = Progress.NONE;
    private RunPlace place = RunPlace.MEMORY;

    private Training(ClipModel encoders) {
        this.encoders = encoders;
    }

    /**
     * Creates a training for a model.
     *
     * @param clip the model; must stay open until training ends
     */
    public static Training of(Clip clip) {
        return new Training(ClipAccess.encoders(Objects.requireNonNull(clip, "clip")));
    }

    /** Sets the classes to train on, at least one. */
    public Training classes(String... names) {
        return classes(Arrays.asList(Objects.requireNonNull(names, "names")));
    }

    /** Sets the classes to train on, at least one. */
    public Training classes(List<String> names) {
        classes = HeadOptionChecks.classes(names);
        return this;
    }

    /**
     * Changes the hyper-parameters, for example {@code options(o -> o.withSeed(7).withLearningRate(1e-3))}. By default
     * {@link Defaults} derives them from the number of classes.
     */
    public Training options(UnaryOperator<ClapOptions> change) {
        options = Objects.requireNonNull(change, "change");
        return this;
    }

    /** Sets the source of the prompts; by default the paper's templates. */
    public Training prompts(PromptSource source) {
        prompts = Objects.requireNonNull(source, "source");
        return this;
    }

    /** Sets the listener that follows the training and can stop it. */
    public Training onProgress(Progress listener) {
        progress = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Keeps the run in a directory: head, provenance, metrics, and the state from which an interrupted run can be
     * resumed. By default nothing is kept except the head that {@link #run} returns.
     *
     * @param runDirectory the directory, created if missing; it must not hold a run unless {@link #resume} or
     *     {@link #overwrite} is called too
     */
    public Training in(Path runDirectory) {
        place = place.in(runDirectory);
        return this;
    }

    /** Resumes the interrupted run in the directory. */
    public Training resume() {
        place = place.starting(RunStart.RESUME);
        return this;
    }

    /** Replaces the run in the directory, if there is one. */
    public Training overwrite() {
        place = place.starting(RunStart.OVERWRITE);
        return this;
    }

    /**
     * Trains until all steps are done or the loss no longer improves.
     *
     * @return the head of the check with the lowest loss
     * @throws ClapException if no classes are given, an option is out of range, or the run directory holds another run,
     *     none to resume, or cannot be written
     * @throws dev.clap4j.StoppedException if the progress requested a stop; a run in a directory can be resumed
     * @throws IllegalStateException if the model is closed
     */
    public Head run() {
        if (classes.isEmpty()) {
            throw new ClapException("There should be at least one class to train on");
        }
        place.check();
        ClapOptions chosen = Objects.requireNonNull(
                options.apply(Defaults.forClasses(classes, encoders.embedDim())), "the changed options");
        ClapTrainer trainer = ClapTrainer.of(encoders, chosen, prompts);
        return place.head((folder, start) -> trainer.train(folder, start, "", progress));
    }
}
