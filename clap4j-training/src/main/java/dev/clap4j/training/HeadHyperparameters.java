package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.training.augment.ImageAugmentation;
import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.ImAugObjective;
import dev.clap4j.training.objective.PairLoss;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** The hyper-parameters of heads, in the order in which {@code run.json} lists them. */
public final class HeadHyperparameters {
    private static final String STEPS = "steps";
    private static final String CHECK_EVERY = "check-every";
    private static final String ALPHA = "alpha";
    private static final String AUGMENT =
            "How prompts are changed: official, none, eda (Wei and Zou 2019, with WordNet's"
                    + " synonyms), or a list such as OSD=0.5,OCD=0.5,SPO=0.5,replace (default: official for templates, eda for llm"
                    + " and random, none for promptstyler, where another style is change enough). For im-aug, how views are drawn:"
                    + " official (crop=0.64,brightness=0.5,hue=0.3), none, or a list of these, mask, perspective and flip.";

    /** The hyper-parameters of CLAP. */
    public static final List<Hyperparameter<ClapOptions, ?>> CLAP = join(
            network(ClapOptions::withNetwork),
            List.of(
                    loss(
                            options -> forms(
                                    options.objective().text(),
                                    options.objective().content()),
                            HeadHyperparameters::withLoss),
                    new Hyperparameter<>(
                            "tau",
                            "T",
                            "Temperature between prompts and augmented prompts, or images and views.",
                            ValueText.REAL,
                            options -> options.objective().text().temperature(),
                            (options, value) -> options.withObjective(new ClapObjective(
                                    options.objective().text().withTemperature(value),
                                    options.objective().content(),
                                    options.objective().contentWeight()))),
                    new Hyperparameter<>(
                            "tau-content",
                            "T",
                            "Temperature between augmented prompts and class names.",
                            ValueText.REAL,
                            options -> options.objective().content().temperature(),
                            (options, value) -> options.withObjective(new ClapObjective(
                                    options.objective().text(),
                                    options.objective().content().withTemperature(value),
                                    options.objective().contentWeight()))),
                    new Hyperparameter<>(
                            "lambda",
                            "W",
                            "Weight of the class names' part of the loss.",
                            ValueText.REAL,
                            options -> options.objective().contentWeight(),
                            (options, value) -> options.withObjective(new ClapObjective(
                                    options.objective().text(),
                                    options.objective().content(),
                                    value))),
                    new Hyperparameter<>(
                            "augment",
                            "LIST",
                            AUGMENT,
                            new ValueText<>("an augmentation", Augmentation::parse, Augmentation::describe),
                            ClapOptions::augmentation,
                            ClapOptions::withAugmentation),
                    new Hyperparameter<>(
                            "noise-vectors",
                            "N",
                            "Gaussian vectors in a prompt, with noise (default: 4).",
                            ValueText.WHOLE,
                            options -> options.noise().vectors(),
                            (options, value) -> options.withNoise(
                                    value == 0
                                            ? ContextNoise.NONE
                                            : new ContextNoise(
                                                    value, on(options).std()))),
                    new Hyperparameter<>(
                            "noise-std",
                            "S",
                            "Standard deviation of the Gaussian vectors (default: 0.02).",
                            ValueText.FLOAT,
                            options -> options.noise().std(),
                            (options, value) -> options.withNoise(
                                    new ContextNoise(on(options).vectors(), value)))),
            fit(
                    ClapOptions::withBatchSize,
                    ClapOptions::withLearningRate,
                    ClapOptions::withSchedule,
                    ClapOptions::withAlpha));

    /** The hyper-parameters of Im.Aug. */
    public static final List<Hyperparameter<ImAugOptions, ?>> IM_AUG = join(
            network(ImAugOptions::withNetwork),
            List.of(
                    loss(
                            options -> forms(
                                    options.objective().images(),
                                    options.objective().images()),
                            (options, form) -> options.withObjective(new ImAugObjective(
                                    options.objective().images().withForm(PairLoss.Form.of(form))))),
                    new Hyperparameter<>(
                            "tau",
                            "T",
                            "Temperature between prompts and augmented prompts, or images and views.",
                            ValueText.REAL,
                            options -> options.objective().images().temperature(),
                            (options, value) -> options.withObjective(new ImAugObjective(
                                    options.objective().images().withTemperature(value)))),
                    new Hyperparameter<>(
                            "augment",
                            "LIST",
                            AUGMENT,
                            new ValueText<>("an augmentation", ImageAugmentation::parse, ImageAugmentation::describe),
                            ImAugOptions::augmentation,
                            ImAugOptions::withAugmentation),
                    new Hyperparameter<>(
                            "views",
                            "K|fresh",
                            "How many views of an image im-aug draws and encodes; fresh: every step its own (default: 4).",
                            new ValueText<>("a number of views, or fresh", Views::parse, Views::describe),
                            ImAugOptions::views,
                            ImAugOptions::withViews)),
            fit(
                    ImAugOptions::withBatchSize,
                    ImAugOptions::withLearningRate,
                    ImAugOptions::withSchedule,
                    ImAugOptions::withAlpha));

    /**
     * Returns the hyper-parameter of CLAP with a name, to be varied in a sweep. Alpha is not one of them: a sweep measures
     * each head at several.
     *
     * @throws ClapException if there is none
     */
    public static Hyperparameter<ClapOptions, ?> swept(String name) {
        return sweepable().filter(each -> each.name().equals(name)).findFirst().orElseThrow(() -> unknown(name));
    }

    private static ClapException unknown(String name) {
        List<String> known = sweepable().<String>map(Hyperparameter::name).toList();
        return new ClapException("There is no training option \"" + name + "\"" + NearestName.hint(name, known)
                + "; there are " + String.join(", ", known));
    }

    private static Stream<Hyperparameter<ClapOptions, ?>> sweepable() {
        return CLAP.stream().filter(each -> !each.name().equals(ALPHA));
    }

    /** Returns whether a hyper-parameter decides how many steps are made. */
    public static boolean isOfSteps(String name) {
        return name.equals(STEPS) || name.equals(CHECK_EVERY);
    }

    private static ContextNoise on(ClapOptions options) {
        return options.noise().isOn() ? options.noise() : ContextNoise.OFFICIAL;
    }

    private static ClapOptions withLoss(ClapOptions options, String form) {
        ClapObjective old = options.objective();
        return options.withObjective(new ClapObjective(
                old.text().withForm(PairLoss.Form.of(form)),
                old.content().withForm(PairLoss.Form.of(form)),
                old.contentWeight()));
    }

    /** Returns the common form of two losses, or both forms, separated by a comma. */
    private static String forms(PairLoss one, PairLoss other) {
        return one.form() == other.form() ? one.form().toString() : one.form() + "," + other.form();
    }

    private static <O> Hyperparameter<O, String> loss(Function<O, String> get, BiFunction<O, String, O> set) {
        return new Hyperparameter<>(
                "loss",
                "NAME",
                "nt_xent as in the authors' code, info_nce as in the paper's equation 1, or symmetric.",
                ValueText.oneOf(PairLoss.Form.names()),
                get,
                set);
    }

    private static <O extends HeadOptions> List<Hyperparameter<O, ?>> network(BiFunction<O, HeadNetwork, O> set) {
        return List.of(
                new Hyperparameter<>(
                        "latent",
                        "L",
                        "The head's latent dimension (default: a half to all of the model's dimension).",
                        ValueText.WHOLE,
                        options -> options.network().latentDim(),
                        (options, value) -> set.apply(options, options.network().withLatentDim(value))),
                new Hyperparameter<>(
                        "out-dim",
                        "O",
                        "The dimension of the features that come out (default: the model's).",
                        ValueText.WHOLE,
                        options -> options.network().outDim(),
                        (options, value) -> set.apply(options, options.network().withOutDim(value))),
                new Hyperparameter<>(
                        "repeat",
                        "N",
                        "Further hidden layers (default: 0).",
                        ValueText.WHOLE,
                        options -> options.network().repeat(),
                        (options, value) -> set.apply(options, options.network().withRepeat(value))),
                new Hyperparameter<>(
                        "activation",
                        "NAME",
                        "The head's: silu or leaky_relu (default: silu).",
                        ValueText.oneOf(HeadNetwork.ACTIVATIONS),
                        options -> options.network().activation(),
                        (options, value) -> set.apply(options, options.network().withActivation(value))));
    }

    private static <O extends HeadOptions> List<Hyperparameter<O, ?>> fit(
            BiFunction<O, Integer, O> batch,
            BiFunction<O, Double, O> learningRate,
            BiFunction<O, Schedule, O> schedule,
            BiFunction<O, Float, O> alpha) {
        return List.of(
                new Hyperparameter<>(
                        "batch", "N", "Prompts, or images, in a step.", ValueText.WHOLE, HeadOptions::batchSize, batch),
                new Hyperparameter<>(
                        "lr",
                        "R",
                        "Learning rate (default: 1e-4).",
                        ValueText.REAL,
                        HeadOptions::learningRate,
                        learningRate),
                new Hyperparameter<>(
                        STEPS,
                        "N",
                        "The most steps (default: 8000, of which those up to the last check are trained, 7680).",
                        ValueText.WHOLE,
                        options -> options.schedule().maxSteps(),
                        (options, value) ->
                                schedule.apply(options, options.schedule().withMaxSteps(value))),
                new Hyperparameter<>(
                        CHECK_EVERY,
                        "N",
                        "Steps between two checks of the loss (default: 480).",
                        ValueText.WHOLE,
                        options -> options.schedule().checkEvery(),
                        (options, value) ->
                                schedule.apply(options, options.schedule().withCheckEvery(value))),
                new Hyperparameter<>(
                        "patience",
                        "N",
                        "Checks in a row that may fail to improve (default: 5).",
                        ValueText.WHOLE,
                        options -> options.schedule().patience(),
                        (options, value) ->
                                schedule.apply(options, options.schedule().withPatience(value))),
                new Hyperparameter<>(
                        "delta",
                        "D",
                        "By how much the loss must fall to count (default: 0.01).",
                        ValueText.REAL,
                        options -> options.schedule().minImprovement(),
                        (options, value) ->
                                schedule.apply(options, options.schedule().withMinImprovement(value))),
                new Hyperparameter<>(
                        ALPHA,
                        "A",
                        "The default alpha saved with the head.",
                        ValueText.FLOAT,
                        HeadOptions::alpha,
                        alpha));
    }

    private static <O> List<Hyperparameter<O, ?>> join(
            List<Hyperparameter<O, ?>> network, List<Hyperparameter<O, ?>> own, List<Hyperparameter<O, ?>> fit) {
        return Stream.of(network, own, fit).flatMap(List::stream).toList();
    }
}
