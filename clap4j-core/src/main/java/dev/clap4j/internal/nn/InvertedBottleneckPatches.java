package dev.clap4j.internal.nn;

import java.util.List;

/**
 * Patches of 16 × 16 pixels by a stem and two stages of inverted bottlenecks (Chen et al. 2024, ViTamin).
 *
 * @param narrow channels of the stem and the first stage; the second has twice as many
 */
public record InvertedBottleneckPatches(int narrow) implements PatchEmbedding {
    private static final List<Integer> BLOCKS = List.of(2, 4);
    private static final int EXPANSION = 4;
    private static final float EPSILON = 1e-6f;

    @Override
    public int patchSize() {
        return 16;
    }

    @Override
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T pixels) {
        Weights<T> stem = w.under("patches.stem.");
        T x = FeatureMap.conv(ops, stem.under("conv1."), pixels, 3, 2, 1);
        x = ops.gelu(FeatureMap.layerNorm(ops, stem.under("norm1."), x, EPSILON));
        x = FeatureMap.conv(ops, stem.under("conv2."), x, 3, 1, 1);
        for (int stage = 0; stage < BLOCKS.size(); stage++) {
            for (int block = 0; block < BLOCKS.get(stage); block++) {
                x = block(ops, w.under("patches.stages." + stage + "." + block + "."), x, stage, block == 0);
            }
        }
        x = FeatureMap.layerNorm(ops, w.under("patches.pool.norm."), x, EPSILON);
        return FeatureMap.conv(ops, w.under("patches.pool.proj."), x, 3, 2, 1);
    }

    private <T> T block(TensorOps<T> ops, Weights<T> w, T x, int stage, boolean first) {
        int stride = first ? 2 : 1;
        T shortcut = first ? ops.averagePool2d(x, 3, 2, 1) : x;
        if (first && stage > 0) {
            shortcut = FeatureMap.conv(ops, w.under("shortcut.expand."), shortcut, 1, 1, 1);
        }
        T out = FeatureMap.layerNorm(ops, w.under("pre_norm."), x, EPSILON);
        out = ops.gelu(FeatureMap.conv(ops, w.under("conv1_1x1."), out, 1, 1, 1));
        out = ops.gelu(FeatureMap.conv(ops, w.under("conv2_kxk."), out, 3, stride, EXPANSION * channels(stage)));
        return ops.add(FeatureMap.conv(ops, w.under("conv3_1x1."), out, 1, 1, 1), shortcut);
    }

    private int channels(int stage) {
        return narrow << stage;
    }

    @Override
    public Shapes shapes(int width) {
        Shapes shapes = new Shapes();
        withConv(shapes, "patches.stem.conv1", 3, narrow, 3);
        shapes.withNorm("patches.stem.norm1", narrow);
        withConv(shapes, "patches.stem.conv2", narrow, narrow, 3);
        int in = narrow;
        for (int stage = 0; stage < BLOCKS.size(); stage++) {
            int out = channels(stage);
            for (int block = 0; block < BLOCKS.get(stage); block++) {
                String prefix = "patches.stages." + stage + "." + block + ".";
                shapes.withNorm(prefix + "pre_norm", in);
                withConv(shapes, prefix + "conv1_1x1", in, EXPANSION * out, 1);
                withConv(shapes, prefix + "conv2_kxk", 1, EXPANSION * out, 3);
                withConv(shapes, prefix + "conv3_1x1", EXPANSION * out, out, 1);
                if (in != out) {
                    withConv(shapes, prefix + "shortcut.expand", in, out, 1);
                }
                in = out;
            }
        }
        withConv(shapes, "patches.pool.proj", in, width, 3);
        return shapes.withNorm("patches.pool.norm", in);
    }

    private static void withConv(Shapes shapes, String name, int in, int out, int kernel) {
        shapes.with(name + ".weight", out, in, kernel, kernel).with(name + ".bias", out);
    }
}
