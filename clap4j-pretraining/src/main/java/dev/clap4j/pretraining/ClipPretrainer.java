package dev.clap4j.pretraining;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.internal.checkpoint.Initialization;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.run.MetricsLog;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.torch.TorchLibraries;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Trains both towers of a CLIP model from scratch with CLIP's contrastive loss (Radford et al. 2021, section 2 and
 * figure 3). Uses AdamW, a learned temperature, batch statistics in residual networks and 32-bit floats.
 *
 * <p>Step s uses the samples from index s times the batch size on, so a run that was killed and resumed gives the same
 * model, bit for bit, as an uninterrupted one.
 */
public final class ClipPretrainer {
    private static final String PART = "pre-training";

    private final PretrainOptions options;
    private final CaptionedImages source;
    private final CaptionVocabulary vocabulary;

    /**
     * Creates a trainer.
     *
     * @param tokenizer the vocabulary to use, a file or folder as {@link ClipTokenizer#load} takes it; if empty, one is
     *     learned from the source's captions
     * @throws ClapException if libtorch is not on the class path, the source's image size differs from the
     *     architecture's, or the tokenizer's file is invalid
     */
    public ClipPretrainer(PretrainOptions options, CaptionedImages source, Optional<Path> tokenizer) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(tokenizer, "tokenizer");
        TorchLibraries.require();
        int size = options.architecture().imageSize();
        if (source.imageSize() != size) {
            throw new ClapException("The images have a side of " + source.imageSize() + " pixels, but "
                    + options.architectureName() + " takes " + size);
        }
        this.options = options;
        this.source = source;
        this.vocabulary = CaptionVocabulary.of(tokenizer, options, source);
    }

    /** Trains a new model without reporting progress. */
    public PretrainResult train(Path folder) {
        return train(folder, RunStart.NEW, "", Progress.NONE);
    }

    /**
     * Trains until all steps are done.
     *
     * @param folder the run directory
     * @param start what to do with an existing run
     * @param command the command line, for the run's record; may be empty
     * @throws ClapException if the directory holds another run or cannot be written, a sample cannot be read, or the
     *     loss is not finite
     * @throws StoppedException if the progress asks to stop; its message says how many steps are saved
     */
    public PretrainResult train(Path folder, RunStart start, String command, Progress progress) {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(progress, "progress");
        try (PretrainFolder run =
                PretrainFolder.open(folder, start, PretrainProvenance.of(options, source, vocabulary, command))) {
            ClipTokenizer tokenizer =
                    vocabulary.ready(run.model(), options.architecture().contextLength());
            ClipArchitecture architecture = new ClipArchitecture(
                    options.network().vision(), options.text().withVocabSize(tokenizer.vocabSize()));
            try (ClipFit fit =
                    new ClipFit(architecture, new Initialization(architecture, options.seed())::draw, options)) {
                run.restore(architecture, fit, options.steps());
                return train(run, architecture, tokenizer, fit, progress);
            }
        }
    }

    private PretrainResult train(
            PretrainFolder run,
            ClipArchitecture architecture,
            ClipTokenizer tokenizer,
            ClipFit fit,
            Progress progress) {
        LearningRate schedule = options.schedule();
        PretrainClock clock = new PretrainClock(options, fit.steps());
        boolean stopped = false;
        progress.begin(PART, options.steps(), fit.steps());
        try (CaptionBatches batches =
                        new CaptionBatches(source, tokenizer, options.batchSize(), fit.steps(), options.steps());
                MetricsLog metrics = MetricsLog.open(run.run().metrics(), fit.steps())) {
            while (fit.steps() < options.steps() && !stopped) {
                double learningRate = schedule.at(fit.steps());
                double loss = fit.step(batches.next(), learningRate);
                requireFinite(loss, fit.steps());
                double seconds = clock.stepped(loss);
                metrics.add(fit.steps(), numbers(loss, learningRate, fit.expLogitScale()), seconds);
                PretrainProgress at = clock.progress();
                progress.advance(1);
                progress.note(at.note());
                progress.timeLeft(at.timeLeft());
                stopped = progress.stopRequested();
                if (stopped || fit.steps() % options.checkpointEvery() == 0 || fit.steps() == options.steps()) {
                    run.save(architecture, fit, description(fit.steps()));
                    progress.milestone(at.milestone());
                }
            }
        }
        if (fit.steps() < options.steps()) {
            throw new StoppedException(PART, fit.steps(), options.steps());
        }
        PretrainProgress end = clock.progress();
        return new PretrainResult(run.model().folder(), fit.steps(), end.loss(), end.imagesPerSecond());
    }

    private static void requireFinite(double loss, int step) {
        if (!Double.isFinite(loss)) {
            throw new ClapException(
                    "The loss of step " + step + " is " + loss + "; use a lower learning rate or more warm-up steps");
        }
    }

    private static Map<String, Double> numbers(double loss, double learningRate, double logitScale) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("loss", loss);
        numbers.put("learning_rate", learningRate);
        numbers.put("logit_scale", logitScale);
        return numbers;
    }

    private Map<String, String> description(int steps) {
        return Map.of(
                "description",
                options.architectureName() + " trained by clap4j, " + steps + " of " + options.steps() + " steps of "
                        + options.batchSize() + " pairs, seed " + options.seed());
    }
}
