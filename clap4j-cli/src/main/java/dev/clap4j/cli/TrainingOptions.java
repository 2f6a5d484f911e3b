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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The hyper-parameters of {@code clap train}: each that is not given is the preset's, or follows from the classes. Their names,
 * help texts and parsers are those of {@link HeadHyperparameters}.
 */
final class TrainingOptions {
    /** Options of other names than the hyper-parameters: {@code --activation} is the model's. */
    private static final Map<String, String> NAMES = Map.of("activation", "--head-activation");

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

    /** The values given, by hyper-parameter. */
    private final Map<String, String> given = new HashMap<>();

    /** Declares an option for each hyper-parameter. */
    static final class Declared implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            TrainingOptions options =
                    (TrainingOptions) command.mixins().get("training").userObject();
            Map<String, List<Hyperparameter<?, ?>>> byName = new LinkedHashMap<>();
            Stream.of(HeadHyperparameters.CLAP, HeadHyperparameters.IM_AUG)
                    .flatMap(List::stream)
                    .forEach(each -> byName.computeIfAbsent(each.name(), name -> new ArrayList<>())
                            .add(each));
            byName.values().forEach(same -> command.addOption(options.option(same)));
            return command;
        }
    }

    /** Returns the option of a hyper-parameter, which both objectives may have. */
    private OptionSpec option(List<Hyperparameter<?, ?>> same) {
        Hyperparameter<?, ?> first = same.get(0);
        return OptionSpec.builder(NAMES.getOrDefault(first.name(), "--" + first.name()))
                .paramLabel(first.label())
                .description(first.help())
                .type(String.class)
                .converters(text -> checked(same, text))
                .setter(new ISetter() {
                    @Override
                    @SuppressWarnings("TypeParameterUnusedInFormals")
                    public <T> T set(T value) {
                        if (value == null) {
                            given.remove(first.name());
                        } else {
                            given.put(first.name(), (String) value);
                        }
                        return null;
                    }
                })
                .build();
    }

    /** Returns a text that is well-formed for one of them; whether it is in range is found when it is used. */
    private static String checked(List<Hyperparameter<?, ?>> same, String text) {
        if (same.stream().noneMatch(each -> each.isWellFormed(text))) {
            throw new TypeConversionException(
                    "should be " + same.get(0).values().kind() + ", not '" + text + "'");
        }
        return text;
    }

    /** Returns what is said before training: which of the requested steps are not trained, and why. */
    Optional<String> shortfall(Schedule schedule) {
        return given.keySet().stream().noneMatch(HeadHyperparameters::isOfSteps)
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

    /**
     * Resolves all options.
     *
     * @param embedDim the dimension of the model's features
     */
    ClapOptions resolve(List<String> classes, int embedDim) {
        ClapOptions base = base(classes, embedDim).withAugmentation(source().augmentation());
        if (noise != null && noise != base.noise().isOn()) {
            base = base.withNoise(noise ? ContextNoise.OFFICIAL : ContextNoise.NONE);
        }
        if (Boolean.FALSE.equals(noise) && (given.containsKey("noise-vectors") || given.containsKey("noise-std"))) {
            throw new ClapException("--no-noise leaves no noise for --noise-vectors and --noise-std to describe");
        }
        return Hyperparameter.apply(HeadHyperparameters.CLAP, base, given);
    }

    /**
     * Resolves all options for Im.Aug.
     *
     * @param embedDim the dimension of the model's features
     */
    ImAugOptions resolveImAug(List<String> classes, int embedDim) {
        return Hyperparameter.apply(HeadHyperparameters.IM_AUG, ImAugOptions.like(base(classes, embedDim)), given);
    }

    private ClapOptions base(List<String> classes, int embedDim) {
        ClapOptions base = preset == null ? Defaults.forClasses(classes, embedDim) : preset.options(classes, embedDim);
        return base.withSeed(seed);
    }
}
