package dev.clap4j.internal.nn;

/** An image encoder: its geometry and its forward pass. */
public sealed interface VisionTower permits VisionTransformer, ModifiedResNet {
    /** The side of the square input in pixels. */
    int imageSize();

    /** The dimension D of the features. */
    int embedDim();

    /**
     * The features of a batch of images, not normalised.
     *
     * @param pixels {@code [b, 3, imageSize, imageSize]}, normalised
     * @return {@code [b, embedDim]}
     */
    <T> T forward(TensorOps<T> ops, Weights<T> weights, T pixels);

    /** The tensors needed, in OpenAI's naming, without the prefix {@code visual.}. */
    Shapes shapes();
}
