package dev.clap4j.pretraining;

import dev.clap4j.ClapException;
import dev.clap4j.ModelArchitecture;

/** Options of pre-training that are still being set, one by one, and not checked yet. */
final class PretrainDraft {
    private final String architectureName;
    private final ModelArchitecture architecture;
    int steps;
    int batchSize;
    double learningRate;
    int warmupSteps;
    double weightDecay;
    double beta1;
    double beta2;
    double epsilon;
    double maxGradientNorm;
    int vocabSize;
    long seed;
    int threads;
    int checkpointEvery;

    /** Creates a draft that begins with some options. */
    PretrainDraft(PretrainOptions options) {
        architectureName = options.architectureName();
        architecture = options.architecture();
        steps = options.steps();
        batchSize = options.batchSize();
        learningRate = options.learningRate();
        warmupSteps = options.warmupSteps();
        weightDecay = options.weightDecay();
        beta1 = options.beta1();
        beta2 = options.beta2();
        epsilon = options.epsilon();
        maxGradientNorm = options.maxGradientNorm();
        vocabSize = options.vocabSize();
        seed = options.seed();
        threads = options.threads();
        checkpointEvery = options.checkpointEvery();
    }

    /**
     * Returns the options.
     *
     * @throws ClapException if a value is out of range
     */
    PretrainOptions checked() {
        return new PretrainOptions(
                architectureName,
                architecture,
                steps,
                batchSize,
                learningRate,
                warmupSteps,
                weightDecay,
                beta1,
                beta2,
                epsilon,
                maxGradientNorm,
                vocabSize,
                seed,
                threads,
                checkpointEvery);
    }
}
