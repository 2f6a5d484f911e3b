package dev.clap4j.internal.nn;

/** An image encoder: its architecture and its forward pass. */
public sealed interface VisionTower permits VisionTransformer, ModifiedResNet, ConvNext, FastVit {
    /** Returns the side of the square input in pixels. */
    int imageSize();

    /** Returns the dimension D of the features. */
    int embedDim();

    /**
     * Computes the features of a batch of images, not normalised.
     *
     * @param pixels {@code [b, 3, imageSize, imageSize]}, normalised
     * @return {@code [b, embedDim]}
     */
    <T> T forward(TensorOps<T> ops, Weights<T> weights, T pixels);

    /** Returns the required tensors, in OpenAI's naming where OpenAI has such tensors, without the prefix {@code visual.}. */
    Shapes shapes();

    /** Returns whether this is a network of the CLIP paper. */
    boolean isClips();
}
