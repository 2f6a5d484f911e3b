package dev.clap4j.internal.training;

import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.PromptedImages;
import dev.clap4j.training.TrainingResult;
import java.nio.file.Path;
import java.util.Map;

/** Trains a head with Im.Aug, the baseline of CLAP, on synthetic images (CLAP, section 4.1). */
public final class ImAugTrainer {
    /** The number of images per feature file, about a minute's work of a large encoder. */
    private static final int BLOCK = 256;

    private final ImAugOptions options;
    private final Backbone backbone;
    private final PromptedImages images;
    private final HeadTrainer<ImageView, ImageView> trainer;

    /**
     * Creates a trainer.
     *
     * @param backbone the model that the encoder belongs to
     * @param images images of the options' classes
     * @throws dev.clap4j.ClapException if the options expect another feature dimension than the encoder's, or there are
     *     fewer prompts than a batch takes
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

    /** Creates a trainer that uses the model's image encoder. */
    public static ImAugTrainer of(ClipModel model, ImAugOptions options, PromptedImages images) {
        ViewEncoder encoder =
                new ClipViewEncoder(model.images(), images.folder(), options.augmentation(), options.seed());
        return new ImAugTrainer(options, Backbone.of(model), images, encoder);
    }

    /**
     * Trains until all steps are done or early stopping ends the run, like
     * {@link ClapTrainer#train(Path, RunStart, String, Progress)}.
     *
     * @param folder the run directory
     * @param start how to treat a run that already exists in the directory
     * @param command the command line to record in the provenance; may be empty
     * @throws dev.clap4j.ClapException if the directory holds another run or cannot be written, an image cannot be
     *     decoded, or the loss becomes NaN or infinite
     * @throws dev.clap4j.StoppedException if the progress requests a stop; it carries the number of steps that
     *     {@link RunStart#RESUME} does not repeat
     */
    public TrainingResult train(Path folder, RunStart start, String command, Progress progress) {
        return trainer.train(
                folder,
                start,
                Provenance.of(options, backbone, Map.of(), "images", images.describe(progress), command),
                progress);
    }
}
