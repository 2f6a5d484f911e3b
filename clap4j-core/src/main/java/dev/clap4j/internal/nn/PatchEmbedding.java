package dev.clap4j.internal.nn;

/** The first layers of a vision transformer: from pixels to a grid of tokens. */
public sealed interface PatchEmbedding permits LinearPatches, ConvolvedPatches, InvertedBottleneckPatches {
    /** Returns the side of a patch in pixels. */
    int patchSize();

    /**
     * Maps pixels to patches.
     *
     * @param pixels {@code [b, 3, h, w]}
     * @return {@code [b, width, h / patchSize, w / patchSize]}
     */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T pixels);

    /** Returns the required tensors. */
    Shapes shapes(int width);
}
