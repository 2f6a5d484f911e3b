package dev.clap4j.internal.nn;

import java.util.List;

/**
 * CLIP's residual network: a stem of three convolutions, average pooling before every stride, and attention pooling in
 * place of the final average pooling (Radford et al. 2021, section 2.4).
 *
 * @param imageSize side of the input in pixels, a multiple of 32
 * @param width channels after the stem
 * @param blocks bottleneck blocks in each of the four stages
 * @param heads heads of the attention pooling
 * @param embedDim dimension D of the features
 */
public record ModifiedResNet(int imageSize, int width, List<Integer> blocks, int heads, int embedDim)
        implements VisionTower {
    private static final int EXPANSION = 4;
    private static final float BATCH_NORM_EPSILON = 1e-5f;

    /** Copies the list of blocks. */
    public ModifiedResNet {
        blocks = List.copyOf(blocks);
    }

    @Override
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T pixels) {
        T x = pixels;
        for (int i = 1; i <= 3; i++) {
            x = ops.relu(convNorm(ops, w, "conv" + i, "bn" + i, x, i == 1 ? 2 : 1, 1));
        }
        x = ops.averagePool2d(x, 2);
        for (int stage = 0; stage < blocks.size(); stage++) {
            for (int block = 0; block < blocks.get(stage); block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                x = bottleneck(ops, w.under("layer" + (stage + 1) + "." + block + "."), x, stride, block == 0);
            }
        }
        return attentionPool(ops, w.under("attnpool."), x);
    }

    private static <T> T bottleneck(TensorOps<T> ops, Weights<T> w, T x, int stride, boolean first) {
        T out = ops.relu(convNorm(ops, w, "conv1", "bn1", x, 1, 0));
        out = ops.relu(convNorm(ops, w, "conv2", "bn2", out, 1, 1));
        out = convNorm(ops, w, "conv3", "bn3", stride > 1 ? ops.averagePool2d(out, stride) : out, 1, 0);
        T identity = x;
        if (first) {
            identity = stride > 1 ? ops.averagePool2d(x, stride) : x;
            identity = convNorm(ops, w, "downsample.0", "downsample.1", identity, 1, 0);
        }
        return ops.relu(ops.add(out, identity));
    }

    private static <T> T convNorm(
            TensorOps<T> ops, Weights<T> w, String conv, String norm, T x, int stride, int padding) {
        T y = ops.conv2d(x, w.get(conv + ".weight"), stride, padding);
        return ops.batchNorm(
                y,
                w.get(norm + ".weight"),
                w.get(norm + ".bias"),
                w.get(norm + ".running_mean"),
                w.get(norm + ".running_var"),
                BATCH_NORM_EPSILON);
    }

    /** Pools with attention: the query is the mean of all positions, keys and values are the mean and all positions. */
    private <T> T attentionPool(TensorOps<T> ops, Weights<T> w, T x) {
        int channels = outputWidth();
        T tokens = ops.transpose(ops.reshape(x, 0, 0, -1), 0, 2, 1); // [b, grid², c]
        tokens = ops.concat(1, List.of(ops.mean(tokens, 1), tokens));
        tokens = ops.add(tokens, w.get("positional_embedding"));
        T query = ops.linear(ops.slice(tokens, 1, 0, 1), w.get("q_proj.weight"), w.get("q_proj.bias"));
        T key = ops.linear(tokens, w.get("k_proj.weight"), w.get("k_proj.bias"));
        T value = ops.linear(tokens, w.get("v_proj.weight"), w.get("v_proj.bias"));
        T pooled = ops.reshape(ops.attention(query, key, value, heads, false), 0, channels);
        return ops.linear(pooled, w.get("c_proj.weight"), w.get("c_proj.bias"));
    }

    /** Returns the number of channels after the last stage. */
    private int outputWidth() {
        return (width * EXPANSION) << (blocks.size() - 1);
    }

    @Override
    public boolean isClips() {
        return true;
    }

    @Override
    public Shapes shapes() {
        Shapes shapes = new Shapes();
        withConvNorm(shapes, "conv1", "bn1", 3, width / 2, 3);
        withConvNorm(shapes, "conv2", "bn2", width / 2, width / 2, 3);
        withConvNorm(shapes, "conv3", "bn3", width / 2, width, 3);
        int in = width;
        for (int stage = 0; stage < blocks.size(); stage++) {
            int planes = width << stage;
            for (int block = 0; block < blocks.get(stage); block++) {
                String prefix = "layer" + (stage + 1) + "." + block + ".";
                withConvNorm(shapes, prefix + "conv1", prefix + "bn1", in, planes, 1);
                withConvNorm(shapes, prefix + "conv2", prefix + "bn2", planes, planes, 3);
                withConvNorm(shapes, prefix + "conv3", prefix + "bn3", planes, (long) planes * EXPANSION, 1);
                if (block == 0) {
                    withConvNorm(
                            shapes, prefix + "downsample.0", prefix + "downsample.1", in, (long) planes * EXPANSION, 1);
                }
                in = planes * EXPANSION;
            }
        }
        long grid = imageSize / 32;
        return shapes.with("attnpool.positional_embedding", grid * grid + 1, in)
                .withLinear("attnpool.k_proj", in, in)
                .withLinear("attnpool.q_proj", in, in)
                .withLinear("attnpool.v_proj", in, in)
                .withLinear("attnpool.c_proj", in, embedDim);
    }

    private static void withConvNorm(Shapes shapes, String conv, String norm, long in, long out, long kernel) {
        shapes.with(conv + ".weight", out, in, kernel, kernel)
                .withNorm(norm, out)
                .with(norm + ".running_mean", out)
                .with(norm + ".running_var", out);
    }
}
