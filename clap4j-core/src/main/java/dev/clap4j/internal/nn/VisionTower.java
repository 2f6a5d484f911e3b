package dev.clap4j.internal.nn;

/** An image encoder: its architecture and its forward pass. */
public sealed interface VisionTower permits VisionTransformer, ModifiedResNet {
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

    /** Returns the required tensors, in OpenAI's naming, without the prefix {@code visual.}. */
    Shapes shapes();
}
