package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.training.ImAugTrainer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Trains a head with Im.Aug, the baseline of CLAP, on synthetic images (CLAP, section 4.1).
 *
 * <pre>{@code
 * PromptedImages images = PromptedImages.read(folder, System.err::println);
 * Head head = ImAugTraining.of(clip, images).run();
 * }</pre>
 *
 * <p>This builder is for use by one thread, like {@link Training}. If the model already has a head, it is ignored.
 */
public final class ImAugTraining {
    private final ClipModel encoders;
    private final PromptedImages images;
    private UnaryOperator<ImAugOptions> options = UnaryOperator.identity();
    private Progress progress = Progress.NONE;
    private RunPlace place = RunPlace.MEMORY;

    private ImAugTraining(ClipModel encoders, PromptedImages images) {
        this.encoders = encoders;
        this.images = images;
    }

    /**
     * Creates a training for a model.
     *
     * @param clip the model; must stay open until training ends
     * @param images the images to train on, whose classes are those of the head
     */
    public static ImAugTraining of(Clip clip, PromptedImages images) {
        return new ImAugTraining(
                ClipAccess.encoders(Objects.requireNonNull(clip, "clip")), Objects.requireNonNull(images, "images"));
    }

    /**
     * Changes the hyper-parameters, for example {@code options(o -> o.withViews(Views.FRESH))}. By default
     * {@link Defaults} derives them from the number of classes.
     */
    public ImAugTraining options(UnaryOperator<ImAugOptions> change) {
        options = Objects.requireNonNull(change, "change");
        return this;
    }

    /** Sets the listener that follows the training and can stop it. */
    public ImAugTraining onProgress(Progress listener) {
        progress = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /** Keeps the run in a directory, see {@link Training#in}. By default only the head is kept. */
    public ImAugTraining in(Path runDirectory) {
        place = place.in(runDirectory);
        return this;
    }

    /** Resumes the interrupted run in the directory. */
    public ImAugTraining resume() {
        place = place.starting(RunStart.RESUME);
        return this;
    }

    /** Replaces the run in the directory, if there is one. */
    public ImAugTraining overwrite() {
        place = place.starting(RunStart.OVERWRITE);
        return this;
    }

    /**
     * Trains until all steps are done or the loss no longer improves.
     *
     * @return the head of the check with the lowest loss
     * @throws ClapException if an option is out of range, an image cannot be decoded, or the run directory holds another
     *     run, none to resume, or cannot be written
     * @throws dev.clap4j.StoppedException if the progress requested a stop; a run in a directory can be resumed
     * @throws IllegalStateException if the model is closed
     */
    public Head run() {
        place.check();
        ImAugOptions chosen = Objects.requireNonNull(
                options.apply(ImAugOptions.like(Defaults.forClasses(images.classes(), encoders.embedDim()))),
                "the changed options");
        ImAugTrainer trainer = ImAugTrainer.of(encoders, chosen, images);
        return place.head((folder, start) -> trainer.train(folder, start, "", progress));
    }
}
