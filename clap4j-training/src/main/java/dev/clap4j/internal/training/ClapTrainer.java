package dev.clap4j.internal.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.style.SourceEncoder;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.TrainingResult;
import dev.clap4j.training.source.PromptSource;
import java.nio.file.Path;
import java.util.List;

/** Trains a CLAP head on text (CLAP, section 3). */
public final class ClapTrainer {
    private static final int BLOCK = 4096;
    private static final String PROMPTS = "prompts";

    private final ClapOptions options;
    private final Backbone backbone;
    private final String tokenizer;
    private final TrainingPlan plan;
    private final HeadTrainer<String, ContextText> trainer;

    /**
     * Creates a trainer on the template prompts.
     *
     * @param backbone the model that the encoder belongs to
     * @throws dev.clap4j.ClapException if the options expect another feature dimension than the encoder's
     */
    public ClapTrainer(ClapOptions options, Backbone backbone, PromptEncoder encoder) {
        this(options, backbone, encoder, TrainingPlan.of(options, encoder.contextWidth()));
    }

    /**
     * Creates a trainer on the prompts of a plan.
     *
     * @param backbone the model that the encoder belongs to
     * @param plan a plan made from the same options
     * @throws dev.clap4j.ClapException if the options expect another feature dimension than the encoder's
     */
    public ClapTrainer(ClapOptions options, Backbone backbone, PromptEncoder encoder, TrainingPlan plan) {
        this(
                options,
                backbone,
                encoder.tokenizerFingerprint(),
                encoder.embedDim(),
                plan,
                (run, progress) -> encoders(options, encoder));
    }

    private ClapTrainer(
            ClapOptions options,
            Backbone backbone,
            String tokenizer,
            int dim,
            TrainingPlan plan,
            HeadTrainer.Preparation<String, ContextText> preparation) {
        this.options = options;
        this.backbone = backbone;
        this.tokenizer = tokenizer;
        this.plan = plan;
        this.trainer = new HeadTrainer<>(options, backbone, plan, dim, preparation);
    }

    private static Encoders<String, ContextText> encoders(ClapOptions options, PromptEncoder encoder) {
        return new Encoders<>(
                encoder.embedDim(),
                encoder::encode,
                encoder::encodeWithContext,
                BLOCK,
                Encoders.Sharing.ofBeginnings(options.schedule()));
    }

    /** Creates a trainer that uses the model's text encoder and the template prompts. */
    public static ClapTrainer of(ClipModel model, ClapOptions options) {
        return of(model, options, PromptSource.template());
    }

    /**
     * Creates a trainer that uses the model's text encoder and the prompts of a source. Sources that learn styles do so
     * when training starts.
     *
     * @throws dev.clap4j.ClapException if a class has no prompts, there are fewer prompts than a batch takes, or the
     *     options expect another feature dimension than the model's
     */
    public static ClapTrainer of(ClipModel model, ClapOptions options, PromptSource source) {
        TrainingPlan plan = TrainingPlan.of(options, source, model.texts().contextWidth());
        return new ClapTrainer(
                options,
                Backbone.of(model),
                model.texts().tokenizerFingerprint(),
                model.embedDim(),
                plan,
                (run, progress) -> encoders(
                        options,
                        SourceEncoder.of(source, model, options.classes(), options.seed(), run.styles(), progress)));
    }

    /** Returns all prompts that batches are drawn from, without augmentation. */
    public List<String> prompts() {
        return plan.prompts();
    }

    /** Trains a new run to its end without reporting progress; see {@link #train(Path, RunStart, String, Progress)}. */
    public TrainingResult train(Path folder) {
        return train(folder, RunStart.NEW, "", Progress.NONE);
    }

    /**
     * Trains until all steps are done or early stopping ends the run.
     *
     * @param folder the run directory
     * @param start how to treat a run that already exists in the directory
     * @param command the command line to record in the provenance; may be empty
     * @throws dev.clap4j.ClapException if the directory holds another run or cannot be written, or the loss becomes NaN
     *     or infinite
     * @throws dev.clap4j.StoppedException if the progress requests a stop; it carries the number of steps that
     *     {@link RunStart#RESUME} does not repeat
     */
    public TrainingResult train(Path folder, RunStart start, String command, Progress progress) {
        return trainer.train(folder, start, provenance(command), progress);
    }

    private ObjectNode provenance(String command) {
        ObjectNode run = Provenance.of(options, backbone, plan.describe(), PROMPTS, plan.prompts(), command);
        if (!tokenizer.isEmpty()) {
            run.withObject(PROMPTS).put("tokenizer", tokenizer);
        }
        return run;
    }
}
