package dev.clap4j.internal.clip;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.Padding;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.run.Steps;

/** A compiled text tower that encodes any number of texts, each distinct one at most once. */
interface TextNetwork {
    /** Large enough to occupy all threads, small enough to report progress every second or two. */
    int TOKENS_PER_BATCH = 4096;

    /**
     * Encodes texts.
     *
     * @param table the embeddings of the vocabulary, {@code [vocabulary, width]}
     * @param steps advanced after every batch by its number of texts
     * @return features, not normalised, {@code [n, embedDim]}, row by row
     */
    float[] encode(NumberedTexts texts, TensorData table, Steps steps);

    /** Returns the network, to be closed by the caller. */
    CompiledNetwork network();

    /** Compiles a tower in the way that suits it: texts can share beginnings if tokens attend only to those before. */
    static TextNetwork compile(TextTower tower, TensorSource weights, Engine engine) {
        return tower instanceof TextTransformer transformer && tower.padding().effect() == Padding.Effect.NONE
                ? SharedBeginnings.compile(transformer, weights, engine)
                : EqualLengths.compile(tower, weights, engine);
    }
}
