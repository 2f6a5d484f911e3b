package dev.clap4j.internal.diffusion.network;

import dev.clap4j.internal.nn.Shapes;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The layers of a UNet at one resolution: residual blocks, each of them followed by a transformer if the stage has one.
 *
 * @param blocks the residual blocks
 * @param transformer the transformer after each block, or between the two of the middle
 */
record Stage(List<ResnetBlock> blocks, Optional<SpatialTransformer> transformer) {
    /** Copies the blocks. */
    Stage {
        blocks = List.copyOf(blocks);
    }

    /** Creates a stage without transformers. */
    static Stage of(List<ResnetBlock> blocks) {
        return new Stage(blocks, Optional.empty());
    }

    /** Creates a stage with transformers. */
    static Stage of(List<ResnetBlock> blocks, SpatialTransformer transformer) {
        return new Stage(blocks, Optional.of(transformer));
    }

    private int channels() {
        return blocks.get(blocks.size() - 1).out();
    }

    /**
     * Runs a stage on the way down.
     *
     * @param skips gets the output of every layer
     * @param halved whether the resolution is halved after the stage
     */
    <T> T down(TensorOps<T> ops, Weights<T> w, T x, Conditions<T> given, Deque<T> skips, boolean halved) {
        T y = x;
        for (int i = 0; i < blocks.size(); i++) {
            y = layer(ops, w, i, y, given);
            skips.push(y);
        }
        if (halved) {
            y = Layers.conv(ops, w, "downsamplers.0.conv", y, 2, 1);
            skips.push(y);
        }
        return y;
    }

    /**
     * Runs a stage on the way up.
     *
     * @param skips gives every layer the output of its counterpart on the way down
     * @param enlarged whether the resolution is that of the next skip after the stage
     */
    <T> T up(TensorOps<T> ops, Weights<T> w, T x, Conditions<T> given, Deque<T> skips, boolean enlarged) {
        T y = x;
        for (int i = 0; i < blocks.size(); i++) {
            y = layer(ops, w, i, ops.concat(1, List.of(y, skips.pop())), given);
        }
        return enlarged ? Layers.conv(ops, w, "upsamplers.0.conv", ops.upsampleLike(y, skips.getFirst())) : y;
    }

    /** Runs the stage in the middle: two blocks, with the transformer between them. */
    <T> T middle(TensorOps<T> ops, Weights<T> w, T x, Conditions<T> given) {
        T before = layer(ops, w, 0, x, given);
        return blocks.get(1).forward(ops, w.under("resnets.1."), before, given.time());
    }

    private <T> T layer(TensorOps<T> ops, Weights<T> w, int i, T x, Conditions<T> given) {
        T y = blocks.get(i).forward(ops, w.under("resnets." + i + "."), x, given.time());
        return transformer.isEmpty()
                ? y
                : transformer.get().forward(ops, w.under("attentions." + i + "."), y, given.text());
    }

    /**
     * Returns the required tensors on the way down or up.
     *
     * @param resampling the name of the convolution after the stage; empty for none
     */
    Shapes shapes(String resampling) {
        Shapes shapes = shapes(blocks.size());
        return resampling.isEmpty() ? shapes : shapes.withConv(resampling, channels(), channels(), 3);
    }

    /** Returns the required tensors in the middle. */
    Shapes middleShapes() {
        return shapes(1);
    }

    private Shapes shapes(int transformers) {
        Shapes shapes = new Shapes();
        for (int i = 0; i < blocks.size(); i++) {
            shapes.with("resnets." + i + ".", blocks.get(i).shapes());
        }
        for (int i = 0; i < transformers && transformer.isPresent(); i++) {
            shapes.with("attentions." + i + ".", transformer.get().shapes());
        }
        return shapes;
    }

    /**
     * The activated conditions of a UNet.
     *
     * @param time the embedding of the time and of what goes with it, {@code [b, timeDim]}
     * @param text the states of texts, {@code [b, m, textWidth]}
     */
    record Conditions<T>(T time, T text) {}
}
