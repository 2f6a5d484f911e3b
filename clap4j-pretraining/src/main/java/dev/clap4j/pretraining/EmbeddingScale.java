package dev.clap4j.pretraining;

import dev.clap4j.internal.io.TensorData;
import java.util.BitSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Rescales the embeddings of a text tower to CLIP's standard deviation without changing its text features.
 *
 * <p>CLIP's token embeddings start with a standard deviation of 0.02, and the noise inserted among them (CLAP, section
 * 3.2) has the same one. A short training with a high learning rate makes embeddings larger, so that this noise would
 * have too little effect. The residual stream of a transformer can be rescaled freely, since every block normalises its
 * input: embeddings and all outputs that blocks add to them are multiplied by one factor. Only the relative size of the
 * layer norms' epsilon changes.
 */
final class EmbeddingScale {
    /** The standard deviation of CLIP's token embeddings. */
    private static final double STANDARD_DEVIATION = 0.02;

    static final String TOKENS = "token_embedding.weight";

    /** The embedding tables. */
    private static final Set<String> EMBEDDINGS = Set.of(TOKENS, "positional_embedding");

    private static final String BLOCKS = "transformer.resblocks.";
    private static final Set<String> LAST_LAYERS =
            Set.of("attn.out_proj.weight", "attn.out_proj.bias", "mlp.c_proj.weight", "mlp.c_proj.bias");

    private EmbeddingScale() {}

    /**
     * Rescales weights so that token embeddings have CLIP's standard deviation.
     *
     * @param weights the weights by name
     * @param read the ids of tokens that occurred in training; others are left out of the measurement
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
