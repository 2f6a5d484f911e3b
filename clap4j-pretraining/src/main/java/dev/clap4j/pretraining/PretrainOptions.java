package dev.clap4j.pretraining;

import dev.clap4j.ClapException;
import dev.clap4j.ModelArchitecture;
import dev.clap4j.internal.checkpoint.Architectures;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.training.Hyperparameter;
import dev.clap4j.training.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * All settings of a pre-training run except its data.
 *
 * @param architectureName the name of the architecture
 * @param architecture the architecture; its vocabulary size is replaced by the tokenizer's
 * @param steps the number of steps, 1 to {@link Schedule#MOST_STEPS}
 * @param batchSize pairs in a step, at least 2 for each thread
 * @param learningRate the peak learning rate, above 0 and at most 1
 * @param warmupSteps steps until the peak is reached
 * @param weightDecay the weight decay of AdamW, multiplied by the learning rate in each step, from 0 to 1
 * @param beta1 the decay rate of AdamW's running mean of gradients
 * @param beta2 the decay rate of AdamW's running mean of squared gradients
 * @param epsilon added to AdamW's denominator
 * @param maxGradientNorm the Euclidean norm to which gradients are clipped
 * @param vocabSize the size of the vocabulary that is learned from the captions
 * @param seed the seed of all randomness
 * @param threads the number of threads; each computes a part of every batch, and batch statistics are those of a part
 * @param checkpointEvery steps between two checkpoints
 */
public record PretrainOptions(
        String architectureName,
        ModelArchitecture architecture,
        int steps,
        int batchSize,
        double learningRate,
        int warmupSteps,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        double maxGradientNorm,
        int vocabSize,
        long seed,
        int threads,
        int checkpointEvery) {
    private static final int MAX_BATCH = 1 << 16;
    private static final int MAX_VOCABULARY = 1 << 20;

    /**
     * Checks the ranges.
     *
     * @throws ClapException if a value is out of range
     */
    public PretrainOptions {
        Objects.requireNonNull(architectureName, "architectureName");
        Objects.requireNonNull(architecture, "architecture");
        if (!network(architecture).isClips()) {
            throw new ClapException("Only CLIP's own architectures are trained from scratch, and " + architectureName
                    + " is another kind");
        }
        inRange("number of steps", steps, 1, Schedule.MOST_STEPS);
        inRange("number of threads", threads, 1, 1024);
        inRange("batch size", batchSize, 2, MAX_BATCH);
        if (batchSize / threads < 2) {
            throw new ClapException("Every thread should have two pairs of a batch or more, but " + batchSize
                    + " pairs are for " + threads + " threads");
        }
        inRange("number of warm-up steps", warmupSteps, 0, steps);
        inRange("size of the vocabulary", vocabSize, 514, MAX_VOCABULARY);
        inRange("number of steps between two checkpoints", checkpointEvery, 1, Schedule.MOST_STEPS);
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new ClapException("The learning rate should be above 0 and at most 1, but is " + learningRate);
        }
        if (!(weightDecay >= 0 && weightDecay <= 1)) {
            throw new ClapException("The weight decay should be from 0 to 1, but is " + weightDecay);
        }
        if (!(maxGradientNorm > 0)) {
            throw new ClapException("The longest gradient should be above 0, but is " + maxGradientNorm);
        }
    }

    private static void inRange(String what, int value, int from, int to) {
        if (value < from || value > to) {
            throw new ClapException("The " + what + " should be from " + from + " to " + to + ", but is " + value);
        }
    }

    private static ClipArchitecture network(ModelArchitecture architecture) {
        return (ClipArchitecture) architecture; // the only kind there is
    }

    /** Returns both towers. */
    ClipArchitecture network() {
        return network(architecture);
    }

    /** Returns the architecture of the text encoder. */
    TextTransformer text() {
        return (TextTransformer) network().text();
    }

    /**
     * Returns CLIP's constants, with a schedule for a small model on one machine: 20,000 steps of 256 pairs.
     *
     * @param nameOrFile an architecture as {@link Architectures#find} takes it
     */
    public static PretrainOptions of(String nameOrFile) {
        Objects.requireNonNull(nameOrFile, "nameOrFile");
        return new PretrainOptions(
                nameOrFile,
                Architectures.find(nameOrFile),
                20_000,
                256,
                1e-3,
                500,
                0.1,
                0.9,
                0.98,
                1e-6,
                1,
                4096,
                0,
                2,
                500);
    }

    /**
     * Returns these options with the given values. They are checked together, once all are set. Without a number of
     * warm-up steps, there are at most a tenth of all steps.
     *
     * @param given text by the name of a {@link PretrainHyperparameters}; other names are ignored
     * @throws ClapException if a value is none, or out of range
     */
    public PretrainOptions with(Map<String, String> given) {
        Objects.requireNonNull(given, "given");
        PretrainDraft draft = Hyperparameter.apply(PretrainHyperparameters.ALL, new PretrainDraft(this), given);
        if (!given.containsKey(PretrainHyperparameters.WARMUP)) {
            draft.warmupSteps = Math.min(draft.warmupSteps, draft.steps / 10);
        }
        return draft.checked();
    }

    private PretrainOptions with(Consumer<PretrainDraft> change) {
        PretrainDraft draft = new PretrainDraft(this);
        change.accept(draft);
        return draft.checked();
    }

    /** Returns these options with another schedule. */
    public PretrainOptions withSchedule(int otherSteps, double otherRate, int otherWarmup) {
        return with(draft -> {
            draft.steps = otherSteps;
            draft.learningRate = otherRate;
            draft.warmupSteps = otherWarmup;
        });
    }

    /** Returns these options with another batch size. */
    public PretrainOptions withBatchSize(int other) {
        return with(draft -> draft.batchSize = other);
    }

    /** Returns these options with another weight decay. */
    public PretrainOptions withWeightDecay(double other) {
        return with(draft -> draft.weightDecay = other);
    }

    /** Returns these options with another vocabulary size. */
    public PretrainOptions withVocabSize(int other) {
        return with(draft -> draft.vocabSize = other);
    }

    /** Returns these options with another seed. */
    public PretrainOptions withSeed(long other) {
        return with(draft -> draft.seed = other);
    }

    /** Returns these options with another number of threads. */
    public PretrainOptions withThreads(int other) {
        return with(draft -> draft.threads = other);
    }

    /** Returns these options with another checkpoint interval. */
    public PretrainOptions withCheckpointEvery(int other) {
        return with(draft -> draft.checkpointEvery = other);
    }

    /** Returns the learning-rate schedule. */
    LearningRate schedule() {
        return new LearningRate(learningRate, warmupSteps, steps);
    }

    /** Returns the optimizer's constants. */
    AdamW.Constants adam() {
        return new AdamW.Constants(beta1, beta2, epsilon, weightDecay);
    }

    /** Returns every option by its name on the command line. */
    Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("architecture", architectureName);
        all.putAll(Hyperparameter.describe(PretrainHyperparameters.ALL, new PretrainDraft(this)));
        return all;
    }
}
