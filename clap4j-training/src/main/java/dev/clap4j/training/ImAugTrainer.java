package dev.clap4j.training;

import dev.clap4j.Progress;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.run.RunStart;
import java.nio.file.Path;
import java.util.Map;

/** Trains a head of Im.Aug, CLAP's baseline, on synthetic images (CLAP, section 4.1). */
public final class ImAugTrainer {
    /** A large encoder takes a minute for so many images. */
    private static final int BLOCK = 256;

    private final ImAugOptions options;
    private final Backbone backbone;
    private final PromptedImages images;
    private final HeadTrainer<ImageView, ImageView> trainer;

    /**
     * A trainer.
     *
     * @param backbone the encoder's model
     * @param images of the options' classes
     * @throws dev.clap4j.ClapException if the options are for features of another dimension than the encoder's, or there
     *     are fewer prompts than a batch takes
     */
    public ImAugTrainer(ImAugOptions options, Backbone backbone, PromptedImages images, ViewEncoder encoder) {
        if (!images.classes().equals(options.classes())) {
            throw new IllegalArgumentException("Images of " + images.classes() + " for " + options.classes());
        }
        this.options = options;
        this.backbone = backbone;
        this.images = images;
        Encoders<ImageView, ImageView> encoders =
                new Encoders<>(encoder.embedDim(), encoder::encode, encoder::encode, BLOCK, Encoders.Sharing.none());
        this.trainer = new HeadTrainer<>(
                options, backbone, new ImAugPlan(options, images), encoder.embedDim(), (run, progress) -> encoders);
    }

    /** A trainer on a model's own image encoder. */
    public static ImAugTrainer of(ClipModel model, ImAugOptions options, PromptedImages images) {
        ViewEncoder encoder =
                new ClipViewEncoder(model.images(), images.folder(), options.augmentation(), options.seed());
        return new ImAugTrainer(options, Backbone.of(model), images, encoder);
    }

    /**
     * Trains until all steps are made or patience runs out, exactly as
     * {@link ClapTrainer#train(Path, RunStart, String, Progress)} does.
     *
     * @param folder the run's folder
     * @param start what to do with a run that is already there
     * @param command what the user typed, for the record; may be empty
     * @throws dev.clap4j.ClapException if the folder holds another run, cannot be written, an image cannot be decoded, or
     *     the loss is no longer a number
     * @throws dev.clap4j.StoppedException if the progress asks to stop; it says how many steps {@link RunStart#RESUME} need
     *     not make again
     */
    public TrainingResult train(Path folder, RunStart start, String command, Progress progress) {
        return trainer.train(
                folder,
                start,
                Provenance.of(options, backbone, Map.of(), "images", images.describe(), command),
                progress);
    }
}
