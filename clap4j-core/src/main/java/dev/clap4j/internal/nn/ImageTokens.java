package dev.clap4j.internal.nn;

import java.util.List;

/**
 * The input of a vision transformer's blocks: tokens of patches, and of the class, with their positions.
 *
 * @param imageSize side of the input in pixels
 * @param patches how patches become tokens; the patch size divides the image size
 * @param classToken the class token before those of the patches
 * @param positions whether the tokens of patches have a learned position embedding
 * @param preNorm whether a layer norm precedes the blocks
 */
public record ImageTokens(
        int imageSize, PatchEmbedding patches, ClassToken classToken, boolean positions, boolean preNorm) {
    /** The kinds of class tokens. */
    public enum ClassToken {
        /** There is none. */
        NONE,
        /** One with a position embedding. */
        WITH_POSITION,
        /** One without a position embedding. */
        WITHOUT_POSITION
    }

    /** Creates tokens with a position embedding. */
    public ImageTokens(int imageSize, PatchEmbedding patches, ClassToken classToken, boolean preNorm) {
        this(imageSize, patches, classToken, true, preNorm);
    }

    /** Maps pixels {@code [b, 3, imageSize, imageSize]} to tokens {@code [b, n, width]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T pixels, int width, float epsilon) {
        T x = patches.forward(ops, w, pixels); // [b, d, grid, grid]
        x = ops.transpose(ops.reshape(x, 0, 0, -1), 0, 2, 1); // [b, grid², d]
        x = switch (classToken) {
            case NONE -> withPositions(ops, w, x);
            case WITH_POSITION -> withPositions(ops, w, withClass(ops, w, x, width));
            case WITHOUT_POSITION -> withClass(ops, w, withPositions(ops, w, x), width);
        };
        return preNorm ? ops.layerNorm(x, w.get("ln_pre.weight"), w.get("ln_pre.bias"), epsilon) : x;
    }

    private <T> T withPositions(TensorOps<T> ops, Weights<T> w, T x) {
        return positions ? ops.add(x, w.get("positional_embedding")) : x;
    }

    private static <T> T withClass(TensorOps<T> ops, Weights<T> w, T x, int width) {
        T classToken = ops.repeatRows(ops.reshape(w.get("class_embedding"), 1, 1, width), x);
        return ops.concat(1, List.of(classToken, x));
    }

    /** Returns the number of patches along a side. */
    int grid() {
        return imageSize / patches.patchSize();
    }

    /** Returns the number of tokens before those of the patches. */
    int before() {
        return classToken == ClassToken.NONE ? 0 : 1;
    }

    Shapes shapes(int width) {
        Shapes shapes = new Shapes();
        if (classToken != ClassToken.NONE) {
            shapes.with("class_embedding", width);
        }
        if (positions) {
            int rows = grid() * grid() + (classToken == ClassToken.WITH_POSITION ? 1 : 0);
            shapes.with("positional_embedding", rows, width);
        }
        shapes.with("", patches.shapes(width));
        return preNorm ? shapes.withNorm("ln_pre", width) : shapes;
    }
}
