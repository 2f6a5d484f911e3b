package dev.clap4j.internal.clip;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.ReusedMemory;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.TextReading;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.run.Steps;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A causal tower: texts with a common prefix share its computation, and nothing is computed after the end token.
 *
 * @param classToken the embedding of a class token at the end of every text; empty if there is none
 */
record SharedBeginnings(TextTransformer transformer, CompiledNetwork network, float[] classToken)
        implements TextNetwork {
    /** Larger forests waste attention scores that are masked, smaller ones share less. */
    private static final int TOKENS_PER_FOREST = 128;

    /**
     * CoCa's padding, of which its class token sees the first one. The mask of the published weights is off by one place:
     * a token is hidden if the one before it is padding, or "!", which has the same id.
     */
    private static final int PADDING = 0;

    static SharedBeginnings compile(TextTransformer transformer, TensorSource weights, Engine engine) {
        List<Input> inputs = List.of(
                new Input("embedded", DataType.F32, -1, -1, transformer.width()),
                new Input("depths", DataType.I64, -1, -1),
                new Input("mask", DataType.F32, -1, -1, -1),
                new Input("ends", DataType.I64, -1, -1));
        boolean hasClass = transformer.reading().place() == TextReading.Place.CLASS;
        return new SharedBeginnings(
                transformer,
                engine.compile(new Network(transformer)::forward, inputs, weights),
                hasClass ? weights.get("cls_emb").toFloats() : new float[0]);
    }

    private record Network(TextTransformer transformer) {
        <T> T forward(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
            return transformer.forward(ops, weights, inputs.get(0), inputs.get(1), inputs.get(2), inputs.get(3));
        }
    }

    @Override
    public float[] encode(NumberedTexts plain, TensorData embeddings, Steps steps) {
        boolean hasClass = classToken.length > 0;
        NumberedTexts texts = hasClass ? plain.followedBy(classToken, PADDING, transformer.contextLength()) : plain;
        int dim = transformer.embedDim();
        float[] features = new float[Math.multiplyExact(texts.size(), dim)];
        List<TokenForest> forests = TokenForest.plant(texts, TOKENS_PER_FOREST);
        FloatBuffer table = embeddings.bytes().asFloatBuffer();
        ReusedMemory embedded = new ReusedMemory();
        ReusedMemory mask = new ReusedMemory();
        for (ForestBatch batch : ForestBatch.of(forests, TOKENS_PER_BATCH)) {
            FloatBuffer encoded = network.run(
                            batch.embedded(texts, table, transformer.width(), embedded),
                            hasClass ? batch.depths(transformer.contextLength()) : batch.depths(),
                            hasClass ? batch.mask(mask, PADDING) : batch.mask(mask),
                            batch.ends())
                    .bytes()
                    .asFloatBuffer();
            steps.advance(batch.scatter(encoded, features, dim));
        }
        return features;
    }
}
