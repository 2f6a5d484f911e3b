package dev.clap4j.internal.nn;

/**
 * BERT as a text encoder (Devlin et al. 2019), and RoBERTa and XLM-R, which differ in where positions start.
 *
 * @param contextLength maximum number of tokens, special ones included
 * @param vocabSize number of rows of the token embedding
 * @param positions number of rows of the position embedding
 * @param firstPosition the row of the first token
 * @param types number of rows of the token type embedding, of which the first is used
 * @param block the blocks, with norms after their layers
 * @param layers number of blocks
 * @param padding the padding, which is masked
 * @param head from tokens to the feature
 * @param embedDim dimension D of the features
 */
public record BertText(
        int contextLength,
        int vocabSize,
        int positions,
        int firstPosition,
        int types,
        TransformerBlock block,
        int layers,
        Padding padding,
        SentenceHead head,
        int embedDim)
        implements TextTower {
    @Override
    public <T> T forward(TensorOps<T> ops, Weights<T> w, TextBatch<T> texts) {
        T rows = ops.slice(w.get("positional_embedding"), 0, firstPosition, (long) firstPosition + contextLength);
        T x = ops.add(texts.embedded(), ops.firstRows(rows, texts.embedded()));
        x = ops.add(x, ops.slice(w.get("token_type_embedding"), 0, 0, 1));
        x = ops.layerNorm(x, w.get("ln_embedding.weight"), w.get("ln_embedding.bias"), block.epsilon());
        for (int layer = 0; layer < layers; layer++) {
            Weights<T> own = w.under("encoder." + layer + ".");
            boolean last = layer == layers - 1;
            x = last ? head.lastBlock(block, ops, own, texts, x) : texts.through(block, ops, own, x);
        }
        return head.forward(ops, w, texts, x, block.epsilon());
    }

    @Override
    public Shapes shapes() {
        Shapes shapes = new Shapes()
                .with("token_embedding.weight", vocabSize, width())
                .with("positional_embedding", positions, width())
                .with("token_type_embedding", types, width())
                .withNorm("ln_embedding", width());
        for (int layer = 0; layer < layers; layer++) {
            shapes.with("encoder." + layer + ".", block.shapes());
        }
        return shapes.with("", head.shapes(width(), embedDim));
    }
}
