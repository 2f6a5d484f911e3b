package dev.clap4j.internal.clip;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.Weights;
import java.util.List;

/** Encodes preprocessed images. Owns native memory until closed. Thread-safe. */
public final class ImageEncoder implements AutoCloseable {
    private final VisionTower tower;
    private final CompiledNetwork network;

    private ImageEncoder(VisionTower tower, CompiledNetwork network) {
        this.tower = tower;
        this.network = network;
    }

    /**
     * Creates an image encoder.
     *
     * @param tower its architecture
     * @param weights tensors in OpenAI's naming, readable until the encoder is closed
     * @param engine the engine that runs it
     */
    public static ImageEncoder create(VisionTower tower, TensorSource weights, Engine engine) {
        Input pixels = new Input("pixels", DataType.F32, -1, 3, tower.imageSize(), tower.imageSize());
        return new ImageEncoder(tower, engine.compile(new Network(tower)::forward, List.of(pixels), weights));
    }

    private record Network(VisionTower tower) {
        <T> T forward(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
            return tower.forward(ops, weights.under("visual."), inputs.get(0));
        }
    }

    /**
     * Returns the features of a batch of images, not normalised.
     *
     * @param pixels F32 {@code [b, 3, imageSize, imageSize]}, normalised
     * @return {@code [b, embedDim]}, row by row
     */
    public float[] encode(TensorData pixels) {
        return network.run(pixels).toFloats();
    }

    /** Returns the dimension D of the features. */
    public int embedDim() {
        return tower.embedDim();
    }

    /** Warms up the encoder. */
    void prepare() {
        network.prepare();
    }

    @Override
    public void close() {
        network.close();
    }
}
