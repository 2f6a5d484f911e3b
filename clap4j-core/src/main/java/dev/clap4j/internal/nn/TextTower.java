package dev.clap4j.internal.nn;

/** A text encoder: its architecture and its forward pass, from token embeddings on. */
public sealed interface TextTower permits TextTransformer, BertText, NllbText {
    /** Returns the maximum number of tokens, special ones included. */
    int contextLength();

    /** Returns the number of rows of the token embedding {@code token_embedding.weight}. */
    int vocabSize();

    /** Returns the blocks. */
    TransformerBlock block();

    /** Returns the width d of token embeddings. */
    default int width() {
        return block().width();
    }

    /** Returns the dimension D of the features. */
    int embedDim();

    /** Returns the number of blocks. */
    int layers();

    /** Returns the number of attention heads. */
    default int heads() {
        return block().heads();
    }

    /** Returns the non-linearity of the blocks. */
    default Activation activation() {
        return block().activation();
    }

    /** Returns what padding does to a text. */
    Padding padding();

    /** Computes the features of a batch of texts, not normalised, {@code [b, embedDim]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, TextBatch<T> texts);

    /** Returns the required tensors, in OpenAI's naming where OpenAI has such tensors. */
    Shapes shapes();

    /** Returns whether this is the network of the CLIP paper. */
    default boolean isClips() {
        return false;
    }
}
