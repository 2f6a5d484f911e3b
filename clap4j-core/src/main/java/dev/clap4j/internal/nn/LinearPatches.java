package dev.clap4j.internal.nn;

/**
 * Patches that are mapped to tokens by one linear layer (Dosovitskiy et al. 2021).
 *
 * @param bias whether the layer has a bias
 */
public record LinearPatches(int patchSize, boolean bias) implements PatchEmbedding {
    @Override
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T pixels) {
        return ops.conv2d(pixels, w.get("conv1.weight"), bias ? w.get("conv1.bias") : null, patchSize, 0, 1);
    }

    @Override
    public Shapes shapes(int width) {
        Shapes shapes = new Shapes().with("conv1.weight", width, 3, patchSize, patchSize);
        return bias ? shapes.with("conv1.bias", width) : shapes;
    }
}
