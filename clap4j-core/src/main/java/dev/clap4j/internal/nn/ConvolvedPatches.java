package dev.clap4j.internal.nn;

import java.util.List;

/** Patches of 16 × 16 pixels by three convolutions that do not overlap (MobileCLIP-B). */
public record ConvolvedPatches() implements PatchEmbedding {
    private static final List<Integer> STRIDES = List.of(4, 2, 2);
    private static final int LAST = 2;

    @Override
    public int patchSize() {
        return 16;
    }

    @Override
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T pixels) {
        T x = pixels;
        for (int i = 0; i < LAST; i++) {
            int stride = STRIDES.get(i);
            x = ops.gelu(new ConvNorm(0, 0, stride, stride, 0, 1).forward(ops, w.under("patches." + i + "."), x));
        }
        return ops.conv2d(x, w.get("patches.2.conv.weight"), w.get("patches.2.conv.bias"), STRIDES.get(LAST), 0, 1);
    }

    @Override
    public Shapes shapes(int width) {
        int narrow = width / 4;
        return new Shapes()
                .with("patches.0.", new ConvNorm(3, narrow, 4, 4, 0, 1).shapes())
                .with("patches.1.", new ConvNorm(narrow, narrow, 2, 2, 0, 1).shapes())
                .with("patches.2.conv.weight", width, narrow, 2, 2)
                .with("patches.2.conv.bias", width);
    }
}
