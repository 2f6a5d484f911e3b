package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.ConfigSection;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OrtEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An autoencoder as two ONNX files; without the encoder, pictures can be drawn, but not begin with another. */
final class GraphAutoencoder implements Autoencoder {
    private static final String DECODER = "vae_decoder";
    private static final String ENCODER = "vae_encoder";

    /** Stable Diffusion's levels, of which each but the first halves the sides. */
    private static final List<Integer> USUAL_CHANNELS = List.of(128, 256, 512, 512);

    private static final double USUAL_SCALE = 0.18215;
    private static final int COLOURS = 3;

    private final PartGraph decoder;
    private final Optional<PartGraph> encoder;
    private final Input latents;
    private final int channels;
    private final int factor;
    private final float scalingFactor;

    private GraphAutoencoder(PartGraph decoder, Optional<PartGraph> encoder, int channels) {
        this.decoder = decoder.requireRepeatable();
        this.encoder = encoder;
        this.latents = decoder.onlyFloats(4);
        this.channels = channels;
        Optional<ConfigSection> config = decoder.config();
        config.ifPresent(section ->
                List.of("shift_factor", "latents_mean", "latents_std").forEach(key -> PartKeys.refuse(section, key)));
        List<Integer> levels = config.map(section -> LevelValues.channels(section, "block_out_channels", List.of(64)))
                .orElse(USUAL_CHANNELS);
        this.factor = 1 << (levels.size() - 1);
        this.scalingFactor = config.map(section -> (float) section.number("scaling_factor", USUAL_SCALE))
                .orElse((float) USUAL_SCALE);
        decoder.require(
                latents,
                latents.shape()[1] < 0 || latents.shape()[1] == channels,
                channels + " channels as the UNet has");
        decoder.output("sample");
        encoder.ifPresent(part -> part.onlyFloats(4));
    }

    /**
     * Opens an autoencoder.
     *
     * @param channels the channels of the denoiser's latents
     * @throws ClapException if the decoder is missing, or a file is not as expected
     */
    static GraphAutoencoder open(Path pipeline, int channels, OrtEngine engine) {
        PartGraph decoder = PartGraph.open(pipeline, DECODER, engine);
        Optional<PartGraph> encoder = Files.exists(pipeline.resolve(ENCODER))
                ? Optional.of(PartGraph.open(pipeline, ENCODER, engine))
                : Optional.empty();
        return new GraphAutoencoder(decoder, encoder, channels);
    }

    @Override
    public TensorData decode(TensorData z) {
        return Batches.map(1, part -> decode(part[0].shape(), part[0]), z);
    }

    private TensorData decode(long[] shape, TensorData one) {
        TensorData pixels = decoder.run(Map.of(latents.name(), one), decoder.output("sample"));
        return decoder.requireShape(pixels, 1, COLOURS, shape[2] * factor, shape[3] * factor);
    }

    @Override
    public Moments encode(TensorData pixels) {
        PartGraph part = encoder.orElseThrow(() -> new ClapException("The pipeline of " + decoder.file()
                        + " lacks its part " + ENCODER + ", which pictures that begin with another need"))
                .requireRepeatable();
        String input = part.onlyFloats(4).name();
        TensorData found =
                Batches.map(1, one -> part.run(Map.of(input, one[0]), part.output("latent_parameters")), pixels);
        long[] shape = pixels.shape();
        boolean isMean = found.shape().length == 4 && found.shape()[1] == channels;
        part.requireShape(found, shape[0], isMean ? channels : 2L * channels, shape[2] / factor, shape[3] / factor);
        return isMean ? exactly(found) : Moments.of(found);
    }

    /** The distribution of an encoder that gives one latent and no variance: the least that there is. */
    private static Moments exactly(TensorData mean) {
        float[] logvar = new float[Math.toIntExact(mean.elements())];
        Arrays.fill(logvar, Moments.LEAST_LOGVAR);
        return new Moments(mean, TensorData.of("logvar", logvar, mean.shape()));
    }

    @Override
    public float scalingFactor() {
        return scalingFactor;
    }

    @Override
    public int factor() {
        return factor;
    }

    @Override
    public void unload() {
        decoder.unload();
        encoder.ifPresent(PartGraph::unload);
    }

    @Override
    public void close() {
        decoder.close();
        encoder.ifPresent(PartGraph::close);
    }
}
