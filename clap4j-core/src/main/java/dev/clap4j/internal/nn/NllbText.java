package dev.clap4j.internal.nn;

import dev.clap4j.internal.io.TensorData;

/**
 * The encoder of the translation model NLLB (NLLB team 2022) as a text encoder: scaled embeddings, sinusoidal positions,
 * norms before the layers.
 *
 * @param contextLength maximum number of tokens, special ones included
 * @param vocabSize number of rows of the token embedding
 * @param block the blocks
 * @param layers number of blocks
 * @param padding the padding, which is masked, and positions start after it
 * @param head from tokens to the feature
 * @param embedDim dimension D of the features
 */
public record NllbText(
        int contextLength,
        int vocabSize,
        TransformerBlock block,
        int layers,
        Padding padding,
        SentenceHead head,
        int embedDim)
        implements TextTower {
    private static final double BASE = 10_000;

    @Override
    public <T> T forward(TensorOps<T> ops, Weights<T> w, TextBatch<T> texts) {
        T scaled = ops.scale(texts.embedded(), (float) Math.sqrt(width()));
        T x = ops.add(scaled, ops.firstRows(ops.constant(sinusoids()), texts.embedded()));
        for (int layer = 0; layer < layers; layer++) {
            Weights<T> own = w.under("encoder." + layer + ".");
            boolean last = layer == layers - 1;
            x = last ? head.lastBlock(block, ops, own, texts, x) : texts.through(block, ops, own, x);
        }
        x = ops.layerNorm(x, w.get("ln_final.weight"), w.get("ln_final.bias"), block.epsilon());
        return head.forward(ops, w, texts, x, block.epsilon());
    }

    /** Returns the position embeddings: sines in the first half, cosines in the second. */
    private TensorData sinusoids() {
        int half = width() / 2;
        float[] values = new float[contextLength * width()];
        for (int token = 0; token < contextLength; token++) {
            for (int i = 0; i < half; i++) {
                double angle = (padding.id() + 1 + token) * Math.pow(BASE, -(double) i / (half - 1));
                values[token * width() + i] = (float) Math.sin(angle);
                values[token * width() + half + i] = (float) Math.cos(angle);
            }
        }
        return TensorData.of("sinusoids", values, contextLength, width());
    }

    @Override
    public Shapes shapes() {
        Shapes shapes = new Shapes().with("token_embedding.weight", vocabSize, width());
        for (int layer = 0; layer < layers; layer++) {
            shapes.with("encoder." + layer + ".", block.shapes());
        }
        return shapes.withNorm("ln_final", width()).with("", head.shapes(width(), embedDim));
    }
}
