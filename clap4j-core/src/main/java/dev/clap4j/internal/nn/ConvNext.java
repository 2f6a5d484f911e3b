package dev.clap4j.internal.nn;

import java.util.List;

/**
 * ConvNeXt (Liu et al. 2022): blocks of a depthwise convolution and an MLP in four stages.
 *
 * @param imageSize side of the input in pixels
 * @param widths channels of each stage
 * @param blocks number of blocks in each stage
 * @param epsilon added to the variance in layer norms
 * @param mlpHead whether the last layer is an MLP of twice the features' width, instead of a matrix
 * @param embedDim dimension D of the features
 */
public record ConvNext(
        int imageSize, List<Integer> widths, List<Integer> blocks, float epsilon, boolean mlpHead, int embedDim)
        implements VisionTower {
    private static final int KERNEL = 7;
    private static final int EXPANSION = 4;

    /** Copies the lists. */
    public ConvNext {
        widths = List.copyOf(widths);
        blocks = List.copyOf(blocks);
    }

    @Override
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T pixels) {
        T x = ops.conv2d(pixels, w.get("trunk.stem.0.weight"), w.get("trunk.stem.0.bias"), 4, 0, 1);
        x = FeatureMap.layerNorm(ops, w.under("trunk.stem.1."), x, epsilon);
        for (int stage = 0; stage < blocks.size(); stage++) {
            Weights<T> part = w.under("trunk.stages." + stage + ".");
            if (stage > 0) {
                x = FeatureMap.layerNorm(ops, part.under("downsample.0."), x, epsilon);
                x = ops.conv2d(x, part.get("downsample.1.weight"), part.get("downsample.1.bias"), 2, 0, 1);
            }
            for (int block = 0; block < blocks.get(stage); block++) {
                x = block(ops, part.under("blocks." + block + "."), x, stage);
            }
        }
        T pooled = ops.layerNorm(
                FeatureMap.mean(ops, x), w.get("trunk.head.norm.weight"), w.get("trunk.head.norm.bias"), epsilon);
        return mlpHead
                ? mlp(ops, w.under("head.mlp."), pooled, false)
                : ops.linear(pooled, w.get("head.proj.weight"), null);
    }

    private <T> T block(TensorOps<T> ops, Weights<T> w, T x, int stage) {
        T mixed = FeatureMap.tokens(ops, FeatureMap.conv(ops, w.under("conv_dw."), x, KERNEL, 1, widths.get(stage)));
        mixed = ops.layerNorm(mixed, w.get("norm.weight"), w.get("norm.bias"), epsilon);
        mixed = ops.multiply(mlp(ops, w.under("mlp."), mixed, true), w.get("gamma"));
        return ops.add(x, FeatureMap.ofTokens(ops, mixed, (imageSize / 4) >> stage));
    }

    private static <T> T mlp(TensorOps<T> ops, Weights<T> w, T x, boolean bias) {
        T hidden = ops.gelu(ops.linear(x, w.get("fc1.weight"), w.get("fc1.bias")));
        return ops.linear(hidden, w.get("fc2.weight"), bias ? w.get("fc2.bias") : null);
    }

    @Override
    public boolean isClips() {
        return false;
    }

    @Override
    public Shapes shapes() {
        Shapes shapes = new Shapes();
        withConv(shapes, "trunk.stem.0", 3, widths.get(0), 4);
        shapes.withNorm("trunk.stem.1", widths.get(0));
        for (int stage = 0; stage < blocks.size(); stage++) {
            int width = widths.get(stage);
            String prefix = "trunk.stages." + stage + ".";
            if (stage > 0) {
                shapes.withNorm(prefix + "downsample.0", widths.get(stage - 1));
                withConv(shapes, prefix + "downsample.1", widths.get(stage - 1), width, 2);
            }
            for (int block = 0; block < blocks.get(stage); block++) {
                String name = prefix + "blocks." + block + ".";
                shapes.with(name + "gamma", width);
                withConv(shapes, name + "conv_dw", 1, width, KERNEL);
                shapes.withNorm(name + "norm", width)
                        .withLinear(name + "mlp.fc1", width, (long) EXPANSION * width)
                        .withLinear(name + "mlp.fc2", (long) EXPANSION * width, width);
            }
        }
        int last = widths.get(widths.size() - 1);
        shapes.withNorm("trunk.head.norm", last);
        return mlpHead
                ? shapes.withLinear("head.mlp.fc1", last, 2L * embedDim)
                        .with("head.mlp.fc2.weight", embedDim, 2L * embedDim)
                : shapes.with("head.proj.weight", embedDim, last);
    }

    private static void withConv(Shapes shapes, String name, long in, long out, long kernel) {
        shapes.with(name + ".weight", out, in, kernel, kernel).with(name + ".bias", out);
    }
}
