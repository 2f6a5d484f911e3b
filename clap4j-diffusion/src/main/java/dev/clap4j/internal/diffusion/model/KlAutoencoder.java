package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.diffusion.network.AutoencoderKl;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.List;

/** Stable Diffusion's autoencoder. */
final class KlAutoencoder implements Autoencoder {
    private final AutoencoderConfig config;
    private final OnDemand<CompiledNetwork> decoder;
    private final OnDemand<CompiledNetwork> encoder;

    KlAutoencoder(AutoencoderConfig config, TensorSource weights, Engine engine) {
        this.config = config;
        AutoencoderKl network = config.network();
        Input latents = new Input("latents", DataType.F32, -1, network.latentChannels(), -1, -1);
        Input pixels = new Input("pixels", DataType.F32, -1, network.pixelChannels(), -1, -1);
        this.decoder =
                new OnDemand<>(() -> engine.compile(this::decoder, List.of(latents), weights), CompiledNetwork::close);
        this.encoder =
                new OnDemand<>(() -> engine.compile(this::encoder, List.of(pixels), weights), CompiledNetwork::close);
    }

    private <T> T decoder(TensorOps<T> ops, Weights<T> w, List<T> latents) {
        return config.network().decode(ops, w, latents.get(0));
    }

    private <T> T encoder(TensorOps<T> ops, Weights<T> w, List<T> pixels) {
        return config.network().encode(ops, w, pixels.get(0));
    }

    @Override
    public TensorData decode(TensorData latents) {
        return Batches.map(1, part -> decoder.use(network -> network.run(part)), latents);
    }

    @Override
    public Moments encode(TensorData pixels) {
        return Moments.of(Batches.map(1, part -> encoder.use(network -> network.run(part)), pixels));
    }

    @Override
    public float scalingFactor() {
        return config.scalingFactor();
    }

    @Override
    public int factor() {
        return config.network().factor();
    }

    @Override
    public void unload() {
        decoder.unload();
        encoder.unload();
    }

    @Override
    public void close() {
        decoder.close();
        encoder.close();
    }
}
