package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.training.objective.ClapObjective;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A hyper-parameter that can be set by its command-line name. */
public enum TrainingOption {
    /** The latent dimension L of the head. */
    LATENT("latent") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            ResidualMlp network = options.network();
            return options.withNetwork(new ResidualMlp(
                    network.inDim(), integer(value), network.outDim(), network.repeat(), network.activation()));
        }
    },
    /** The temperature between prompts and augmented prompts. */
    TAU("tau") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            ClapObjective objective = options.objective();
            return options.withObjective(new ClapObjective(
                    objective.text().withTemperature(real(value)), objective.content(), objective.contentWeight()));
        }
    },
    /** The temperature between augmented prompts and class names. */
    TAU_CONTENT("tau-content") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            ClapObjective objective = options.objective();
            return options.withObjective(new ClapObjective(
                    objective.text(), objective.content().withTemperature(real(value)), objective.contentWeight()));
        }
    },
    /** The weight λ of the class names' loss. */
    LAMBDA("lambda") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            ClapObjective objective = options.objective();
            return options.withObjective(new ClapObjective(objective.text(), objective.content(), real(value)));
        }
    },
    /** The augmentation of prompts. */
    AUGMENT("augment") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            return options.withAugmentation(Augmentation.parse(value));
        }
    },
    /** The number of Gaussian vectors in augmented prompts. */
    NOISE_VECTORS("noise-vectors") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            float std = options.noise().isOn() ? options.noise().std() : ContextNoise.OFFICIAL.std();
            int vectors = integer(value);
            return options.withNoise(vectors == 0 ? ContextNoise.NONE : new ContextNoise(vectors, std));
        }
    },
    /** The standard deviation of the Gaussian vectors. */
    NOISE_STD("noise-std") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            int vectors = options.noise().isOn() ? options.noise().vectors() : ContextNoise.OFFICIAL.vectors();
            return options.withNoise(new ContextNoise(vectors, (float) real(value)));
        }
    },
    /** The number of prompts in a batch. */
    BATCH("batch") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            return options.withBatchSize(integer(value));
        }
    },
    /** The learning rate. */
    LR("lr") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            return options.withLearningRate(real(value));
        }
    },
    /** The maximum number of steps. */
    STEPS("steps") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            Schedule old = options.schedule();
            return options.withSchedule(
                    new Schedule(integer(value), old.checkEvery(), old.patience(), old.minImprovement()));
        }
    },
    /** The number of steps between two checks of the loss. */
    CHECK_EVERY("check-every") {
        @Override
        ClapOptions apply(ClapOptions options, String value) {
            Schedule old = options.schedule();
            return options.withSchedule(
                    new Schedule(old.maxSteps(), integer(value), old.patience(), old.minImprovement()));
        }
    };

    private final String title;

    TrainingOption(String title) {
        this.title = title;
    }

    /** Returns the name on the command line, without the dashes. */
    public String title() {
        return title;
    }

    /**
     * Returns the option with the given name.
     *
     * @throws ClapException if the name is unknown
     */
    public static TrainingOption named(String title) {
        return Arrays.stream(values())
                .filter(option -> option.title.equals(title))
                .findFirst()
                .orElseThrow(() -> unknown(title));
    }

    private static ClapException unknown(String title) {
        List<String> known = Arrays.stream(values()).map(TrainingOption::title).toList();
        return new ClapException("There is no training option \"" + title + "\"" + NearestName.hint(title, known)
                + "; there are " + String.join(", ", known));
    }

    /**
     * Returns a copy of the options with this one set.
     *
     * @param value the value as on the command line
     * @throws ClapException if the value is invalid
     */
    public ClapOptions set(ClapOptions options, String value) {
        try {
            return apply(options, value);
        } catch (NumberFormatException e) {
            throw new ClapException("The value of " + title + " should be a number, but is \"" + value + "\"", e);
        }
    }

    abstract ClapOptions apply(ClapOptions options, String value);

    private static int integer(String value) {
        return Integer.parseInt(value.strip());
    }

    private static double real(String value) {
        return Double.parseDouble(value.strip().toLowerCase(Locale.ROOT));
    }
}
