package dev.clap4j.cli;

import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ContextNoise;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.Preset;
import dev.clap4j.training.Schedule;
import dev.clap4j.training.Views;
import dev.clap4j.training.augment.ImageAugmentation;
import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.ImAugObjective;
import dev.clap4j.training.objective.InfoNce;
import dev.clap4j.training.objective.NtXent;
import dev.clap4j.training.objective.PairLoss;
import dev.clap4j.training.objective.SymmetricInfoNce;
import dev.clap4j.training.source.PromptSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The hyper-parameters of {@code clap train}; each that is not given is the preset's, or follows from the classes. */
final class TrainingOptions {
    /** The forms of the contrastive loss. */
    enum Loss {
        NT_XENT,
        INFO_NCE,
        SYMMETRIC;

        PairLoss at(double temperature) {
            return switch (this) {
                case NT_XENT -> new NtXent(temperature);
                case INFO_NCE -> new InfoNce(temperature);
                case SYMMETRIC -> new SymmetricInfoNce(temperature);
            };
        }
    }

    /** The non-linearities that a head may have. */
    enum HeadActivation {
        SILU(Activation.SILU),
        LEAKY_RELU(Activation.LEAKY_RELU);

        private final Activation activation;

        HeadActivation(Activation activation) {
            this.activation = activation;
        }
    }

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "The published settings for pacs, vlcs, officehome or domainnet; its classes too, unless"
                    + " others are named.")
    private Preset preset;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "All randomness (default: 0).")
    private long seed;

    @Option(
            names = "--noise",
            negatable = true,
            description = "Put Gaussian vectors among the tokens of augmented prompts, or do not (default: up to 20"
                    + " classes).")
    private Boolean noise;

    @Option(names = "--noise-vectors", paramLabel = "N", description = "How many (default: 4).")
    private Integer noiseVectors;

    @Option(names = "--noise-std", paramLabel = "S", description = "Their standard deviation (default: 0.02).")
    private Float noiseStd;

    @Mixin
    private PromptsOption prompts;

    @Option(
            names = "--augment",
            paramLabel = "LIST",
            description =
                    "How prompts are changed: official, none, eda (Wei and Zou 2019, with WordNet's synonyms), or a"
                            + " list such as OSD=0.5,OCD=0.5,SPO=0.5,replace (default: official for templates, eda for llm and"
                            + " random, none for promptstyler, where another style is change enough). For im-aug, how views"
                            + " are drawn: official (crop=0.64,brightness=0.5,hue=0.3), none, or a list of these, mask,"
                            + " perspective and flip.")
    private String augment;

    @Option(
            names = "--latent",
            paramLabel = "L",
            description = "The head's latent dimension (default: a half to all of the model's dimension).")
    private Integer latent;

    @Option(
            names = "--out-dim",
            paramLabel = "O",
            description = "The dimension of the features that come out (default: the model's).")
    private Integer outDim;

    @Option(names = "--repeat", paramLabel = "N", description = "Further hidden layers (default: 0).")
    private Integer repeat;

    @Option(
            names = "--head-activation",
            paramLabel = "NAME",
            description = "The head's: silu or leaky_relu (default: silu).")
    private HeadActivation activation;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "nt_xent as in the authors' code, info_nce as in the paper's equation 1, or symmetric.")
    private Loss loss;

    @Option(
            names = "--tau",
            paramLabel = "T",
            description = "Temperature between prompts and augmented prompts, or images and views.")
    private Double tau;

    @Option(
            names = "--tau-content",
            paramLabel = "T",
            description = "Temperature between augmented prompts and class names.")
    private Double tauContent;

    @Option(names = "--lambda", paramLabel = "W", description = "Weight of the class names' part of the loss.")
    private Double lambda;

    @Option(names = "--batch", paramLabel = "N", description = "Prompts, or images, in a step.")
    private Integer batch;

    @Option(names = "--lr", paramLabel = "R", description = "Learning rate (default: 1e-4).")
    private Double learningRate;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "The most steps (default: 8000, of which those up to the last check are trained, 7680).")
    private Integer steps;

    @Option(
            names = "--check-every",
            paramLabel = "N",
            description = "Steps between two checks of the loss (default: 480).")
    private Integer checkEvery;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Checks in a row that may fail to improve (default: 5).")
    private Integer patience;

    @Option(
            names = "--delta",
            paramLabel = "D",
            description = "By how much the loss must fall to count (default: 0.01).")
    private Double delta;

    @Option(names = "--alpha", paramLabel = "A", description = "The default alpha saved with the head.")
    private Float alpha;

    /** Returns the note before training: the requested steps that are not trained, and why. */
    Optional<String> shortfall(Schedule schedule) {
        return steps == null && checkEvery == null
                ? Optional.empty()
                : schedule.shortfall().map(said -> said + " (see --check-every)");
    }

    /** The classes to train on, if they are known: those that are named, else the preset's. */
    Optional<List<String>> classes(Optional<List<String>> named) {
        return preset == null ? named : named.or(() -> Optional.of(preset.classes()));
    }

    PromptSource source() {
        return prompts.source();
    }

    /**
     * All options resolved.
     *
     * @param embedDim the dimension of the model's features
     */
    ClapOptions resolve(List<String> classes, int embedDim) {
        ClapOptions base = shared(classes, embedDim);
        return base.withObjective(objective(base.objective()))
                .withNoise(noise(base.noise()))
                .withAugmentation(augment == null ? source().augmentation() : Augmentation.parse(augment));
    }

    /**
     * All options resolved for Im.Aug.
     *
     * @param embedDim the dimension of the model's features
     */
    ImAugOptions resolveImAug(List<String> classes, int embedDim, Views views) {
        double temperature = or(tau, ImAugObjective.official().images().temperature());
        ImAugOptions resolved = ImAugOptions.like(shared(classes, embedDim))
                .withViews(views)
                .withObjective(new ImAugObjective(or(loss, Loss.NT_XENT).at(temperature)));
        return augment == null ? resolved : resolved.withAugmentation(ImageAugmentation.parse(augment));
    }

    /** The settings common to both objectives. */
    private ClapOptions shared(List<String> classes, int embedDim) {
        ClapOptions base = preset == null ? Defaults.forClasses(classes, embedDim) : preset.options(classes, embedDim);
        return base.withSeed(seed)
                .withNetwork(network(base.network()))
                .withSchedule(schedule(base.schedule()))
                .withBatchSize(or(batch, base.batchSize()))
                .withLearningRate(or(learningRate, base.learningRate()))
                .withAlpha(or(alpha, base.alpha()));
    }

    private ResidualMlp network(ResidualMlp base) {
        return new ResidualMlp(
                base.inDim(),
                or(latent, base.latentDim()),
                or(outDim, base.outDim()),
                or(repeat, base.repeat()),
                activation == null ? base.activation() : activation.activation);
    }

    private ClapObjective objective(ClapObjective base) {
        Loss form = or(loss, Loss.NT_XENT);
        return new ClapObjective(
                form.at(or(tau, base.text().temperature())),
                form.at(or(tauContent, base.content().temperature())),
                or(lambda, base.contentWeight()));
    }

    private ContextNoise noise(ContextNoise base) {
        if (!or(noise, base.isOn())) {
            return ContextNoise.NONE;
        }
        ContextNoise on = base.isOn() ? base : ContextNoise.OFFICIAL;
        return new ContextNoise(or(noiseVectors, on.vectors()), or(noiseStd, on.std()));
    }

    private Schedule schedule(Schedule base) {
        return new Schedule(
                or(steps, base.maxSteps()),
                or(checkEvery, base.checkEvery()),
                or(patience, base.patience()),
                or(delta, base.minImprovement()));
    }

    private static <V> V or(V given, V otherwise) {
        return given == null ? otherwise : given;
    }
}
