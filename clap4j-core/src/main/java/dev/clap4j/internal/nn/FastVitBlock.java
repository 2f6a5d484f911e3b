package dev.clap4j.internal.nn;

import java.util.List;

/**
 * A block of FastViT: positions are mixed, then an MLP with a large depthwise convolution before it; both are added with
 * a scale for each channel.
 *
 * @param stage the stage
 * @param side the side of the stage's map
 */
record FastVitBlock(FastVit.Stage stage, int side) {
    private static final int HEAD_WIDTH = 32;
    private static final int LARGE_KERNEL = 7;
    private static final float EPSILON = 1e-5f;

    <T> T forward(TensorOps<T> ops, Weights<T> w, T x) {
        T mixed = ops.add(x, stage.attends() ? attention(ops, w, x) : convolution(ops, w.under("token_mixer."), x));
        String scale = stage.attends() ? "layer_scale_2.gamma" : "layer_scale.gamma";
        return ops.add(mixed, ops.multiply(mlp(ops, w.under("mlp."), mixed), w.get(scale)));
    }

    private <T> T convolution(TensorOps<T> ops, Weights<T> w, T x) {
        T mixed = mixer(true).forward(ops, w.under("mixer."), x);
        T norm = ops.scale(mixer(false).forward(ops, w.under("norm."), x), -1);
        return ops.multiply(ops.add(mixed, norm), w.get("layer_scale.gamma"));
    }

    private <T> T attention(TensorOps<T> ops, Weights<T> w, T x) {
        T normed = isLayerNorm()
                ? FeatureMap.layerNorm(ops, w.under("norm."), x, EPSILON)
                : ConvNorm.norm(ops, w.under("norm."), x);
        T tokens = FeatureMap.tokens(ops, normed);
        List<T> qkv = ops.linears(tokens, w.get("token_mixer.qkv.weight"), null, 3, stage.width());
        T mixed = ops.attention(qkv.get(0), qkv.get(1), qkv.get(2), stage.width() / HEAD_WIDTH, false);
        mixed = ops.linear(mixed, w.get("token_mixer.proj.weight"), w.get("token_mixer.proj.bias"));
        return ops.multiply(FeatureMap.ofTokens(ops, mixed, side), w.get("layer_scale_1.gamma"));
    }

    private <T> T mlp(TensorOps<T> ops, Weights<T> w, T x) {
        T spread = spread().forward(ops, w.under("conv."), x);
        T hidden = ops.gelu(FeatureMap.conv(ops, w.under("fc1."), spread, 1, 1, 1));
        return FeatureMap.conv(ops, w.under("fc2."), hidden, 1, 1, 1);
    }

    private MobileOne mixer(boolean convolved) {
        return new MobileOne(stage.width(), stage.width(), 3, 1, true, convolved, convolved);
    }

    private ConvNorm spread() {
        return ConvNorm.same(stage.width(), stage.width(), LARGE_KERNEL, 1, stage.width());
    }

    private boolean isLayerNorm() {
        return stage.mixer() == FastVit.Mixer.NORMED_ATTENTION;
    }

    Shapes shapes() {
        int width = stage.width();
        long hidden = (long) stage.mlpRatio() * width;
        Shapes shapes = new Shapes();
        if (stage.attends()) {
            shapes.with(
                            "norm.",
                            isLayerNorm()
                                    ? new Shapes().with("weight", width).with("bias", width)
                                    : ConvNorm.normShapes(width))
                    .with("token_mixer.qkv.weight", 3L * width, width)
                    .withLinear("token_mixer.proj", width, width)
                    .with("layer_scale_1.gamma", width, 1, 1)
                    .with("layer_scale_2.gamma", width, 1, 1);
        } else {
            shapes.with("token_mixer.norm.", mixer(false).shapes())
                    .with("token_mixer.mixer.", mixer(true).shapes())
                    .with("token_mixer.layer_scale.gamma", width, 1, 1)
                    .with("layer_scale.gamma", width, 1, 1);
        }
        return shapes.with("mlp.conv.", spread().shapes())
                .with("mlp.fc1.weight", hidden, width, 1, 1)
                .with("mlp.fc1.bias", hidden)
                .with("mlp.fc2.weight", width, hidden, 1, 1)
                .with("mlp.fc2.bias", width);
    }
}
