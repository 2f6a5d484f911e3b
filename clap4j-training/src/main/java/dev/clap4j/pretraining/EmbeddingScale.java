package dev.clap4j.pretraining;

import dev.clap4j.internal.io.TensorData;
import java.util.BitSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Brings the words of a text half to the size that they have in CLIP, which leaves the features of texts as they are.
 *
 * <p>CLIP's token embeddings start with a standard deviation of 0.02, and noise among them (CLAP, section 3.2) has the same,
 * so that it is as loud as words are. A short training with large steps makes embeddings larger, and the same noise would
 * be a whisper. But the scale of what runs through a transformer's blocks is free, since every reader of it normalises it
 * first: embeddings, and all that blocks add to them, can be scaled by one factor. What changes is only how much the
 * layer norms' epsilon weighs.
 */
final class EmbeddingScale {
    /** CLIP's standard deviation of token embeddings. */
    private static final double STANDARD_DEVIATION = 0.02;

    static final String TOKENS = "token_embedding.weight";

    /** What is looked up, and the last layers of what blocks add. */
    private static final Set<String> EMBEDDINGS = Set.of(TOKENS, "positional_embedding");

    private static final String BLOCKS = "transformer.resblocks.";
    private static final Set<String> LAST_LAYERS =
            Set.of("attn.out_proj.weight", "attn.out_proj.bias", "mlp.c_proj.weight", "mlp.c_proj.bias");

    private EmbeddingScale() {}

    /**
     * Weights with words as large as CLIP's.
     *
     * @param weights the weights by their names
     * @param read whether training read a token; the others say nothing about words
     */
    static Function<String, TensorData> normalize(Function<String, TensorData> weights, BitSet read) {
        float factor = (float) (STANDARD_DEVIATION / rootMeanSquare(weights.apply(TOKENS), read));
        return name -> isScaled(name) ? scaled(weights.apply(name), factor) : weights.apply(name);
    }

    private static double rootMeanSquare(TensorData embeddings, BitSet read) {
        float[] values = embeddings.toFloats();
        int width = (int) embeddings.shape()[1];
        double sum = 0;
        long count = 0;
        for (int i = 0; i < values.length; i++) {
            if (read.get(i / width)) {
                sum += (double) values[i] * values[i];
                count++;
            }
        }
        return sum > 0 ? Math.sqrt(sum / count) : STANDARD_DEVIATION;
    }

    static boolean isScaled(String name) {
        if (!name.startsWith(BLOCKS)) {
            return EMBEDDINGS.contains(name);
        }
        String inBlock = name.substring(name.indexOf('.', BLOCKS.length()) + 1);
        return LAST_LAYERS.contains(inBlock);
    }

    static TensorData scaled(TensorData weight, float factor) {
        float[] values = weight.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return TensorData.of(weight.name(), values, weight.shape());
    }
}
