package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ContextNoise;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.HeadHyperparameters;
import dev.clap4j.training.Hyperparameter;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.Preset;
import dev.clap4j.training.Schedule;
import dev.clap4j.training.source.PromptSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * The hyper-parameters of {@code clap train}: each that is not given is the preset's, or follows from the classes. Their names,
 * help texts and parsers are those of {@link HeadHyperparameters}.
 */
final class TrainingOptions {
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

    @Mixin
    private PromptsOption prompts;

    /** {@code --activation} is the model's. */
    private final DeclaredOptions declared = DeclaredOptions.of(
            Stream.of(HeadHyperparameters.CLAP, HeadHyperparameters.IM_AUG).flatMap(List::stream),
            Map.of("activation", "--head-activation"));

    @Mixin
    final CommandSpec hyperparameters = declared.spec();

    /** Returns what is said before training: which of the requested steps are not trained, and why. */
    Optional<String> shortfall(Schedule schedule) {
        return declared.given().keySet().stream().noneMatch(HeadHyperparameters::isOfSteps)
                ? Optional.empty()
                : schedule.shortfall().map(said -> said + " (see --check-every)");
    }

    /** Returns the classes to train on, if they are known: those that are named, else the preset's. */
    Optional<List<String>> classes(Optional<List<String>> named) {
        return preset == null ? named : named.or(() -> Optional.of(preset.classes()));
    }

    PromptSource source() {
        return prompts.source();
    }

    /** Resolves all options for a model's dimension of features. */
    ClapOptions resolve(List<String> classes, int embedDim) {
        ClapOptions base = base(classes, embedDim).withAugmentation(source().augmentation());
        if (noise != null && noise != base.noise().isOn()) {
            base = base.withNoise(noise ? ContextNoise.OFFICIAL : ContextNoise.NONE);
        }
        if (Boolean.FALSE.equals(noise)
                && (declared.given().containsKey("noise-vectors")
                        || declared.given().containsKey("noise-std"))) {
            throw new ClapException("--no-noise leaves no noise for --noise-vectors and --noise-std to describe");
        }
        return Hyperparameter.apply(HeadHyperparameters.CLAP, base, declared.given());
    }

    /** Resolves all options for Im.Aug, likewise. */
    ImAugOptions resolveImAug(List<String> classes, int embedDim) {
        return Hyperparameter.apply(
                HeadHyperparameters.IM_AUG, ImAugOptions.like(base(classes, embedDim)), declared.given());
    }

    private ClapOptions base(List<String> classes, int embedDim) {
        ClapOptions base = preset == null ? Defaults.forClasses(classes, embedDim) : preset.options(classes, embedDim);
        return base.withSeed(seed);
    }
}
