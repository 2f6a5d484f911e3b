package dev.clap4j.internal.diffusion.network;

import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.Shapes;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Stable Diffusion's denoiser: a UNet whose feature maps attend to the states of a text (Rombach et al. 2022, figure 3;
 * with the additional conditions of Podell et al. 2023, section 2.2, and Luo et al. 2023, section 4.1).
 *
 * <pre>
 * sample → conv_in → down → … → down → mid → up → … → up → norm, activation, conv_out
 *                      └───────── skips ──────────┘
 * </pre>
 *
 * @param inChannels the channels of a sample
 * @param outChannels the channels of the output
 * @param inKernel the side of the first convolution
 * @param outKernel the side of the last one
 * @param levels the resolutions, from the highest to the lowest
 * @param middle whether there is a stage in the middle
 * @param textWidth the width of the states of a text
 * @param time the conditions that all residual blocks get
 * @param linearProjections whether projections around transformers are stored as linear layers
 * @param norm the normalisation outside of transformers
 * @param activation the non-linearity outside of transformers
 */
public record UNet2DCondition(
        int inChannels,
        int outChannels,
        int inKernel,
        int outKernel,
        List<Level> levels,
        boolean middle,
        int textWidth,
        TimeEmbedding time,
        boolean linearProjections,
        GroupNorm norm,
        Activation activation) {
    /**
     * A resolution.
     *
     * @param channels the channels of its feature maps
     * @param layers the number of layers on the way down; it has one more on the way up
     * @param heads attention heads, a divisor of the channels
     * @param depth the blocks of each transformer on the way down
     * @param upDepth the blocks of each transformer on the way up
     * @param attendsDown whether there are transformers on the way down
     * @param attendsUp whether there are transformers on the way up
     */
    public record Level(
            int channels, int layers, int heads, int depth, int upDepth, boolean attendsDown, boolean attendsUp) {}

    /** Copies the levels. */
    public UNet2DCondition {
        levels = List.copyOf(levels);
    }

    /**
     * Predicts the noise in samples, or what it was trained to predict.
     *
     * @param sample {@code [b, inChannels, h, w]}
     * @param text the states of texts, {@code [b, m, textWidth]}
     * @param times see {@link TimeEmbedding}
     * @return {@code [b, outChannels, h, w]}
     */
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T sample, T text, TimeEmbedding.Inputs<T> times) {
        T activated = activation.apply(ops, time.forward(ops, w, times));
        Stage.Conditions<T> given = new Stage.Conditions<>(activated, text);
        Deque<T> skips = new ArrayDeque<>();
        T x = Layers.conv(ops, w, "conv_in", sample, 1, inKernel / 2);
        skips.push(x);
        for (int i = 0; i < levels.size(); i++) {
            x = down(i).down(ops, w.under("down_blocks." + i + "."), x, given, skips, i < last());
        }
        if (middle) {
            x = mid().middle(ops, w.under("mid_block."), x, given);
        }
        for (int i = last(); i >= 0; i--) {
            x = up(i).up(ops, w.under("up_blocks." + (last() - i) + "."), x, given, skips, i > 0);
        }
        T normalised = activation.apply(ops, norm.forward(ops, w, "conv_norm_out", x));
        return Layers.conv(ops, w, "conv_out", normalised, 1, outKernel / 2);
    }

    private int last() {
        return levels.size() - 1;
    }

    private int channels(int level) {
        return levels.get(level).channels();
    }

    private Stage down(int level) {
        Level at = levels.get(level);
        List<ResnetBlock> blocks = new ArrayList<>();
        for (int i = 0; i < at.layers(); i++) {
            blocks.add(block(i == 0 ? channels(Math.max(level - 1, 0)) : at.channels(), at.channels()));
        }
        return stage(blocks, at, at.attendsDown() ? at.depth() : 0);
    }

    private Stage mid() {
        Level lowest = levels.get(last());
        ResnetBlock block = block(lowest.channels(), lowest.channels());
        return stage(List.of(block, block), lowest, lowest.depth());
    }

    /** The skips are those of the level, up to its last, whose origin is the level above or the first convolution. */
    private Stage up(int level) {
        Level at = levels.get(level);
        List<ResnetBlock> blocks = new ArrayList<>();
        for (int i = 0; i <= at.layers(); i++) {
            int before = i == 0 ? channels(Math.min(level + 1, last())) : at.channels();
            int skipped = i == at.layers() ? channels(Math.max(level - 1, 0)) : at.channels();
            blocks.add(block(before + skipped, at.channels()));
        }
        return stage(blocks, at, at.attendsUp() ? at.upDepth() : 0);
    }

    private ResnetBlock block(int in, int out) {
        return new ResnetBlock(in, out, time.dim(), norm, activation);
    }

    private Stage stage(List<ResnetBlock> blocks, Level at, int depth) {
        if (depth == 0) {
            return Stage.of(blocks);
        }
        TextConditionedBlock block = new TextConditionedBlock(at.channels(), at.heads(), textWidth);
        return Stage.of(blocks, new SpatialTransformer(at.channels(), block, depth, norm.groups(), linearProjections));
    }

    /** Returns the required tensors, by diffusers' names. */
    public Shapes shapes() {
        Shapes shapes = new Shapes().with("", time.shapes()).withConv("conv_in", inChannels, channels(0), inKernel);
        for (int i = 0; i <= last(); i++) {
            shapes.with("down_blocks." + i + ".", down(i).shapes(i < last() ? "downsamplers.0.conv" : ""));
        }
        if (middle) {
            shapes.with("mid_block.", mid().middleShapes());
        }
        for (int i = last(); i >= 0; i--) {
            shapes.with("up_blocks." + (last() - i) + ".", up(i).shapes(i > 0 ? "upsamplers.0.conv" : ""));
        }
        return shapes.withNorm("conv_norm_out", channels(0)).withConv("conv_out", channels(0), outChannels, outKernel);
    }
}
