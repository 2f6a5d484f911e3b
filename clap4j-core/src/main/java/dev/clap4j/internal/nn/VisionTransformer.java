package dev.clap4j.internal.nn;

import java.util.List;

/**
 * The vision transformer of CLIP (Radford et al. 2021; Dosovitskiy et al. 2021).
 *
 * @param imageSize side of the input in pixels
 * @param patchSize side of a patch in pixels; divides the image size
 * @param width width d of the tokens
 * @param layers number of blocks
 * @param heads attention heads
 * @param mlpWidth hidden width of the MLPs
 * @param embedDim dimension D of the features
 * @param activation the blocks' non-linearity
 * @param epsilon added to the variance in layer norms
 * @param pooling how tokens are pooled into the feature
 */
public record VisionTransformer(
        int imageSize,
        int patchSize,
        int width,
        int layers,
        int heads,
        int mlpWidth,
        int embedDim,
        Activation activation,
        float epsilon,
        Pooling pooling)
        implements VisionTower {

    /** Creates one that pools by class token, as in all of OpenAI's models. */
    public VisionTransformer(
            int imageSize,
            int patchSize,
            int width,
            int layers,
            int heads,
            int mlpWidth,
            int embedDim,
            Activation activation,
            float epsilon) {
        this(imageSize, patchSize, width, layers, heads, mlpWidth, embedDim, activation, epsilon, Pooling.CLASS_TOKEN);
    }

    @Override
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T pixels) {
        T x = ops.conv2d(pixels, w.get("conv1.weight"), patchSize, 0); // [b, d, grid, grid]
        x = ops.transpose(ops.reshape(x, 0, 0, -1), 0, 2, 1); // [b, grid², d]
        T classToken = ops.repeatRows(ops.reshape(w.get("class_embedding"), 1, 1, width), x);
        x = ops.add(ops.concat(1, List.of(classToken, x)), w.get("positional_embedding"));
        x = ops.layerNorm(x, w.get("ln_pre.weight"), w.get("ln_pre.bias"), epsilon);
        for (int layer = 0; layer < layers; layer++) {
            x = block().forward(ops, w.under("transformer.resblocks." + layer + "."), x);
        }
        return ops.matmul(pool(ops, w, x), w.get("proj"));
    }

    /** Pools {@code [b, n, width]} into {@code [b, width]}. */
    private <T> T pool(TensorOps<T> ops, Weights<T> w, T tokens) {
        return switch (pooling) {
            case CLASS_TOKEN -> norm(ops, w, ops.reshape(ops.slice(tokens, 1, 0, 1), 0, width));
            case PATCH_MEAN -> patchMean(ops, norm(ops, w, tokens));
            case PATCH_MEAN_THEN_NORM -> norm(ops, w, patchMean(ops, tokens));
        };
    }

    private <T> T norm(TensorOps<T> ops, Weights<T> w, T x) {
        return ops.layerNorm(x, w.get("ln_post.weight"), w.get("ln_post.bias"), epsilon);
    }

    private <T> T patchMean(TensorOps<T> ops, T tokens) {
        long grid = imageSize / patchSize;
        return ops.reshape(ops.mean(ops.slice(tokens, 1, 1, grid * grid + 1), 1), 0, width);
    }

    private TransformerBlock block() {
        return new TransformerBlock(width, heads, mlpWidth, activation, epsilon, false);
    }

    @Override
    public Shapes shapes() {
        long grid = imageSize / patchSize;
        Shapes shapes = new Shapes()
                .with("class_embedding", width)
                .with("positional_embedding", grid * grid + 1, width)
                .with("conv1.weight", width, 3, patchSize, patchSize)
                .withNorm("ln_pre", width);
        for (int layer = 0; layer < layers; layer++) {
            shapes.with("transformer.resblocks." + layer + ".", block().shapes());
        }
        return shapes.withNorm("ln_post", width).with("proj", width, embedDim);
    }
}
