package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.diffusion.network.TimeEmbedding;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A UNet as denoiser. */
final class UNetDenoiser implements Denoiser {
    /** A picture and its guidance. */
    private static final int ROWS_AT_ONCE = 2;

    private final UNetConfig config;
    private final int pooledDim;
    private final int sampleSize;
    private final OnDemand<CompiledNetwork> network;

    /**
     * Creates a denoiser.
     *
     * @param pooledDim the dimension of the pooled states of prompts; 0 for none
     * @param sampleSize the size of latents if the configuration does not say it
     */
    UNetDenoiser(UNetConfig config, TensorSource weights, int pooledDim, int sampleSize, Engine engine) {
        this.config = config;
        this.pooledDim = pooledDim;
        this.sampleSize = config.sampleSize().orElse(sampleSize);
        this.network = new OnDemand<>(() -> compile(weights, engine), CompiledNetwork::close);
    }

    private TimeEmbedding time() {
        return config.network().time();
    }

    private CompiledNetwork compile(TensorSource weights, Engine engine) {
        List<Input> inputs = new ArrayList<>(List.of(
                new Input("sample", DataType.F32, -1, channels(), -1, -1),
                new Input("text", DataType.F32, -1, -1, config.network().textWidth()),
                new Input("time", DataType.F32, -1, time().sinusoids())));
        if (time().guidanceDim() > 0) {
            inputs.add(new Input("guidance", DataType.F32, -1, time().guidanceDim()));
        }
        if (time().addedDim() > 0) {
            inputs.add(new Input("added", DataType.F32, -1, time().addedDim()));
        }
        return engine.compile(this::forward, inputs, weights);
    }

    private <T> T forward(TensorOps<T> ops, Weights<T> w, List<T> inputs) {
        T guidance = time().guidanceDim() > 0 ? inputs.get(3) : null;
        T added = time().addedDim() > 0 ? inputs.get(inputs.size() - 1) : null;
        TimeEmbedding.Inputs<T> times = new TimeEmbedding.Inputs<>(inputs.get(2), guidance, added);
        return config.network().forward(ops, w, inputs.get(0), inputs.get(1), times);
    }

    @Override
    public TensorData predict(TensorData sample, float[] timesteps, Condition condition) {
        int rows = Math.toIntExact(sample.shape()[0]);
        float[] times = timesteps.length == 1 ? repeated(timesteps[0], rows) : timesteps;
        List<TensorData> inputs = new ArrayList<>(List.of(
                sample,
                condition.hidden(),
                TensorData.of("time", config.sinusoids().embed(times), times.length, time().sinusoids())));
        requireExact("guidance", time().guidanceDim() > 0, condition.guidance() != null);
        requireExact("pooled states", time().addedDim() > 0, condition.pooled() != null);
        requireExact("sizes", time().addedDim() > 0, condition.timeIds() != null);
        if (condition.guidance() != null) {
            inputs.add(condition.guidance());
        }
        if (condition.pooled() != null) {
            inputs.add(added(condition));
        }
        return Batches.map(
                ROWS_AT_ONCE, part -> network.use(compiled -> compiled.run(part)), inputs.toArray(TensorData[]::new));
    }

    private static float[] repeated(float value, int count) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    private static void requireExact(String what, boolean taken, boolean given) {
        if (taken != given) {
            throw new IllegalArgumentException(
                    "The denoiser takes " + (taken ? what + ", but there are none" : "no " + what));
        }
    }

    private TensorData added(Condition condition) {
        TensorData ids = condition.timeIds();
        float[] sizes = config.sizes().embed(ids.toFloats());
        TensorData embedded = TensorData.of("sizes", sizes, ids.shape()[0], sizes.length / ids.shape()[0]);
        return Batches.sideBySide(condition.pooled(), embedded);
    }

    @Override
    public int channels() {
        return config.network().inChannels();
    }

    @Override
    public int sampleSize() {
        return sampleSize;
    }

    @Override
    public int guidanceDim() {
        return time().guidanceDim();
    }

    @Override
    public int timeIds() {
        return time().addedDim() == 0
                ? 0
                : (time().addedDim() - pooledDim) / config.sizes().dim();
    }

    @Override
    public void unload() {
        network.unload();
    }

    @Override
    public void close() {
        network.close();
    }
}
