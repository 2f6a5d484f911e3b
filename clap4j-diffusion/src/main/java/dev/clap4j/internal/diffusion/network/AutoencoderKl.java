package dev.clap4j.internal.diffusion.network;

import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.Shapes;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.List;

/**
 * The autoencoder between pictures and latents (Rombach et al. 2022, section 3.1 and appendix G; KL-regularised).
 *
 * @param pixelChannels the channels of a picture
 * @param latentChannels the channels of latents
 * @param channels the channels of feature maps, from the highest resolution to the lowest
 * @param layers the number of residual blocks of a resolution in the encoder; the decoder has one more
 * @param attends whether pixels attend to each other at the lowest resolution
 * @param encoderProjection whether the encoder ends with a convolution of single pixels
 * @param decoderProjection whether the decoder begins with one
 * @param norm the normalisation
 * @param activation the non-linearity
 */
public record AutoencoderKl(
        int pixelChannels,
        int latentChannels,
        List<Integer> channels,
        int layers,
        boolean attends,
        boolean encoderProjection,
        boolean decoderProjection,
        GroupNorm norm,
        Activation activation) {
    private static final String QUANT = "quant_conv";
    private static final String POST_QUANT = "post_quant_conv";

    /** Copies the list. */
    public AutoencoderKl {
        channels = List.copyOf(channels);
    }

    /** Returns the number of pixels along the side of a latent. */
    public int factor() {
        return 1 << last();
    }

    /**
     * Encodes pictures.
     *
     * @param pixels {@code [b, pixelChannels, h, w]}
     * @return the means of latents, then the logarithms of their variances, {@code [b, 2 * latentChannels, h / factor, w
     *     / factor]}
     */
    public <T> T encode(TensorOps<T> ops, Weights<T> weights, T pixels) {
        Weights<T> w = weights.under("encoder.");
        T x = Layers.conv(ops, w, "conv_in", pixels);
        for (int i = 0; i <= last(); i++) {
            Weights<T> stage = w.under("down_blocks." + i + ".");
            x = blocks(ops, stage, layers, channels.get(Math.max(i - 1, 0)), channels.get(i), x);
            if (i < last()) {
                T padded = ops.pad(ops.pad(x, 2, 0, 1), 3, 0, 1);
                x = Layers.conv(ops, stage, "downsamplers.0.conv", padded, 2, 0);
            }
        }
        T moments = out(ops, w, middle(ops, w.under("mid_block."), x));
        return encoderProjection ? Layers.conv(ops, weights, QUANT, moments, 1, 0) : moments;
    }

    /**
     * Decodes latents.
     *
     * @param latents {@code [b, latentChannels, h, w]}
     * @return {@code [b, pixelChannels, h * factor, w * factor]}
     */
    public <T> T decode(TensorOps<T> ops, Weights<T> weights, T latents) {
        Weights<T> w = weights.under("decoder.");
        T z = decoderProjection ? Layers.conv(ops, weights, POST_QUANT, latents, 1, 0) : latents;
        T x = middle(ops, w.under("mid_block."), Layers.conv(ops, w, "conv_in", z));
        for (int i = last(); i >= 0; i--) {
            Weights<T> stage = w.under("up_blocks." + (last() - i) + ".");
            x = blocks(ops, stage, layers + 1, channels.get(Math.min(i + 1, last())), channels.get(i), x);
            if (i > 0) {
                x = Layers.conv(ops, stage, "upsamplers.0.conv", ops.upsample2d(x, 2));
            }
        }
        return out(ops, w, x);
    }

    private int last() {
        return channels.size() - 1;
    }

    private int lowest() {
        return channels.get(last());
    }

    private ResnetBlock block(int in, int out) {
        return new ResnetBlock(in, out, 0, norm, activation);
    }

    private <T> T blocks(TensorOps<T> ops, Weights<T> w, int count, int in, int out, T x) {
        T y = x;
        for (int i = 0; i < count; i++) {
            y = block(i == 0 ? in : out, out).forward(ops, w.under("resnets." + i + "."), y, null);
        }
        return y;
    }

    private <T> T middle(TensorOps<T> ops, Weights<T> w, T x) {
        ResnetBlock block = block(lowest(), lowest());
        T y = block.forward(ops, w.under("resnets.0."), x, null);
        if (attends) {
            y = new PixelAttention(lowest(), norm).forward(ops, w.under("attentions.0."), y);
        }
        return block.forward(ops, w.under("resnets.1."), y, null);
    }

    private <T> T out(TensorOps<T> ops, Weights<T> w, T x) {
        return Layers.conv(ops, w, "conv_out", activation.apply(ops, norm.forward(ops, w, "conv_norm_out", x)));
    }

    /** Returns the required tensors, by diffusers' names. */
    public Shapes shapes() {
        Shapes shapes = new Shapes().with("encoder.", encoderShapes()).with("decoder.", decoderShapes());
        if (encoderProjection) {
            shapes.withConv(QUANT, 2L * latentChannels, 2L * latentChannels, 1);
        }
        return decoderProjection ? shapes.withConv(POST_QUANT, latentChannels, latentChannels, 1) : shapes;
    }

    private Shapes encoderShapes() {
        Shapes shapes = new Shapes().withConv("conv_in", pixelChannels, channels.get(0), 3);
        for (int i = 0; i <= last(); i++) {
            String stage = "down_blocks." + i + ".";
            int out = channels.get(i);
            shapes.with(stage, blockShapes(layers, channels.get(Math.max(i - 1, 0)), out));
            if (i < last()) {
                shapes.withConv(stage + "downsamplers.0.conv", out, out, 3);
            }
        }
        return shapes.with("mid_block.", middleShapes())
                .withNorm("conv_norm_out", lowest())
                .withConv("conv_out", lowest(), 2L * latentChannels, 3);
    }

    private Shapes decoderShapes() {
        Shapes shapes =
                new Shapes().withConv("conv_in", latentChannels, lowest(), 3).with("mid_block.", middleShapes());
        for (int i = last(); i >= 0; i--) {
            String stage = "up_blocks." + (last() - i) + ".";
            int out = channels.get(i);
            shapes.with(stage, blockShapes(layers + 1, channels.get(Math.min(i + 1, last())), out));
            if (i > 0) {
                shapes.withConv(stage + "upsamplers.0.conv", out, out, 3);
            }
        }
        return shapes.withNorm("conv_norm_out", channels.get(0))
                .withConv("conv_out", channels.get(0), pixelChannels, 3);
    }

    private Shapes middleShapes() {
        ResnetBlock block = block(lowest(), lowest());
        Shapes shapes = new Shapes().with("resnets.0.", block.shapes());
        if (attends) {
            shapes.with("attentions.0.", new PixelAttention(lowest(), norm).shapes());
        }
        return shapes.with("resnets.1.", block.shapes());
    }

    private Shapes blockShapes(int count, int in, int out) {
        Shapes shapes = new Shapes();
        for (int i = 0; i < count; i++) {
            shapes.with("resnets." + i + ".", block(i == 0 ? in : out, out).shapes());
        }
        return shapes;
    }
}
