package dev.clap4j.internal.nn;

import java.util.function.UnaryOperator;

/**
 * The vision transformer of CLIP (Radford et al. 2021; Dosovitskiy et al. 2021), and others of its kind.
 *
 * @param tokens from pixels to tokens
 * @param rotary rotary position embedding in the blocks
 * @param block the blocks
 * @param layers number of blocks
 * @param pooling from tokens to the feature
 */
public record VisionTransformer(
        ImageTokens tokens, RotaryEmbedding rotary, TransformerBlock block, int layers, TokenPooling pooling)
        implements VisionTower {

    /**
     * Creates one of CLIP's kind, with a class token and a norm before the blocks.
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
    public VisionTransformer(
            int imageSize,
            int patchSize,
            int width,
            int layers,
            int heads,
            int mlpWidth,
            int embedDim,
            Activation activation,
            float epsilon,
            Pooling pooling) {
        this(
                new ImageTokens(
                        imageSize, new LinearPatches(patchSize, false), ImageTokens.ClassToken.WITH_POSITION, true),
                RotaryEmbedding.NONE,
                new TransformerBlock(width, heads, mlpWidth, activation, epsilon, false),
                layers,
                TokenPooling.of(pooling, Projection.MATRIX, embedDim));
    }

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
        T x = tokens.forward(ops, w, pixels, width(), epsilon());
        UnaryOperator<T> rotation = rotary.rotation(ops, tokens.before(), width(), width() / heads());
        for (int layer = 0; layer < layers; layer++) {
            Weights<T> own = w.under("transformer.resblocks." + layer + ".");
            boolean one = layer == layers - 1 && pooling.kind() == Pooling.CLASS_TOKEN;
            x = one
                    ? block.read(ops, own, x, rotation, null, all -> ops.slice(all, 1, 0, 1))
                    : block.forward(ops, own, x, rotation);
        }
        return pooling.forward(ops, w, x, tokens, block);
    }

    @Override
    public int imageSize() {
        return tokens.imageSize();
    }

    /** Returns the side of a patch in pixels. */
    public int patchSize() {
        return tokens.patches().patchSize();
    }

    /** Returns the width d of the tokens. */
    public int width() {
        return block.width();
    }

    /** Returns the number of attention heads. */
    public int heads() {
        return block.heads();
    }

    /** Returns the hidden width of the MLPs. */
    public int mlpWidth() {
        return block.mlpWidth();
    }

    /** Returns the blocks' non-linearity. */
    public Activation activation() {
        return block.activation();
    }

    /** Returns what is added to the variance in layer norms. */
    public float epsilon() {
        return block.epsilon();
    }

    @Override
    public int embedDim() {
        return pooling.embedDim();
    }

    @Override
    public boolean isClips() {
        return equals(new VisionTransformer(
                imageSize(),
                patchSize(),
                width(),
                layers,
                heads(),
                mlpWidth(),
                embedDim(),
                activation(),
                epsilon(),
                pooling.kind()));
    }

    @Override
    public Shapes shapes() {
        Shapes shapes = new Shapes().with("", tokens.shapes(width()));
        for (int layer = 0; layer < layers; layer++) {
            shapes.with("transformer.resblocks." + layer + ".", block.shapes());
        }
        return shapes.with("", pooling.shapes(block));
    }
}
