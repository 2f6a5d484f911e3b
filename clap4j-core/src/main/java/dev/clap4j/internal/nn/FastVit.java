package dev.clap4j.internal.nn;

import java.util.List;

/**
 * FastViT, the image tower of MobileCLIP (Vasu et al. 2023; Vasu et al. 2024): stages that mix positions by convolutions,
 * the last ones by attention.
 *
 * @param imageSize side of the input in pixels
 * @param stages the stages
 * @param scaledStem whether blocks of the stem have a branch for single pixels
 * @param embedDim dimension D of the features
 */
public record FastVit(int imageSize, List<Stage> stages, boolean scaledStem, int embedDim) implements VisionTower {
    private static final int LARGE_KERNEL = 7;

    /** Copies the stages. */
    public FastVit {
        stages = List.copyOf(stages);
    }

    /**
     * A stage. All but the first begin with a convolution that halves the map.
     *
     * @param width channels
     * @param blocks number of blocks
     * @param mlpRatio hidden channels of MLPs over channels
     * @param excited whether channels are weighed after that convolution
     * @param mixer how blocks mix positions
     */
    public record Stage(int width, int blocks, int mlpRatio, boolean excited, Mixer mixer) {
        boolean attends() {
            return mixer != Mixer.CONVOLUTION;
        }
    }

    /** The ways to mix positions. */
    public enum Mixer {
        /** By convolutions. */
        CONVOLUTION,
        /** By attention after a batch normalisation. */
        ATTENTION,
        /** By attention after a layer norm. */
        NORMED_ATTENTION
    }

    @Override
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T pixels) {
        T x = pixels;
        for (int i = 0; i < 3; i++) {
            x = ops.gelu(stem(i).forward(ops, w.under("trunk.stem." + i + "."), x));
        }
        for (int i = 0; i < stages.size(); i++) {
            Weights<T> part = w.under("trunk.stages." + i + ".");
            if (i > 0) {
                x = downsampled(ops, part.under("downsample.proj."), x, i);
            }
            Stage stage = stages.get(i);
            if (stage.attends()) {
                T positions = FeatureMap.conv(ops, part.under("pos_emb.pos_enc."), x, LARGE_KERNEL, 1, stage.width);
                x = ops.add(positions, x);
            }
            for (int block = 0; block < stage.blocks; block++) {
                x = new FastVitBlock(stage, side(i)).forward(ops, part.under("blocks." + block + "."), x);
            }
        }
        Weights<T> last = w.under("trunk.final_conv.");
        x = ops.gelu(
                FeatureMap.excited(ops, last.under("se."), lastConvolution().forward(ops, last, x)));
        return ops.linear(FeatureMap.mean(ops, x), w.get("trunk.head.fc.weight"), w.get("trunk.head.fc.bias"));
    }

    private <T> T downsampled(TensorOps<T> ops, Weights<T> w, T x, int stage) {
        T large = largeConvolution(stage, LARGE_KERNEL).forward(ops, w.under("0.large_conv."), x);
        T out = ops.add(large, largeConvolution(stage, 3).forward(ops, w.under("0.small_conv."), x));
        out = stages.get(stage).excited ? FeatureMap.excited(ops, w.under("0.se."), out) : out;
        return ops.gelu(pointwise(stage).forward(ops, w.under("1."), ops.gelu(out)));
    }

    private MobileOne stem(int i) {
        int width = stages.get(0).width;
        return switch (i) {
            case 0 -> new MobileOne(3, width, 3, 2, false, true, scaledStem);
            case 1 -> new MobileOne(width, width, 3, 2, true, true, scaledStem);
            default -> new MobileOne(width, width, 1, 1, false, true, false);
        };
    }

    private ConvNorm largeConvolution(int stage, int kernel) {
        int in = stages.get(stage - 1).width;
        return ConvNorm.same(in, stages.get(stage).width, kernel, 2, in);
    }

    private MobileOne pointwise(int stage) {
        int width = stages.get(stage).width;
        return new MobileOne(width, width, 1, 1, false, true, false);
    }

    private MobileOne lastConvolution() {
        int width = stages.get(stages.size() - 1).width;
        return new MobileOne(width, 2 * width, 3, 1, true, true, true);
    }

    /** Returns the side of a stage's map. */
    private int side(int stage) {
        int side = imageSize;
        for (int halved = 0; halved < stage + 2; halved++) {
            side = (side + 1) / 2;
        }
        return side;
    }

    @Override
    public boolean isClips() {
        return false;
    }

    @Override
    public Shapes shapes() {
        Shapes shapes = new Shapes();
        for (int i = 0; i < 3; i++) {
            shapes.with("trunk.stem." + i + ".", stem(i).shapes());
        }
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            String prefix = "trunk.stages." + i + ".";
            if (i > 0) {
                String first = prefix + "downsample.proj.0.";
                shapes.with(
                        first + "large_conv.", largeConvolution(i, LARGE_KERNEL).shapes());
                shapes.with(first + "small_conv.", largeConvolution(i, 3).shapes());
                if (stage.excited) {
                    shapes.with(first + "se.", FeatureMap.exciteShapes(stage.width, stage.width / 4));
                }
                shapes.with(prefix + "downsample.proj.1.", pointwise(i).shapes());
            }
            if (stage.attends()) {
                shapes.with(prefix + "pos_emb.pos_enc.weight", stage.width, 1, LARGE_KERNEL, LARGE_KERNEL)
                        .with(prefix + "pos_emb.pos_enc.bias", stage.width);
            }
            for (int block = 0; block < stage.blocks; block++) {
                shapes.with(prefix + "blocks." + block + ".", new FastVitBlock(stage, side(i)).shapes());
            }
        }
        MobileOne last = lastConvolution();
        return shapes.with("trunk.final_conv.", last.shapes())
                .with("trunk.final_conv.se.", FeatureMap.exciteShapes(last.out(), last.out() / 16))
                .withLinear("trunk.head.fc", last.out(), embedDim);
    }
}
