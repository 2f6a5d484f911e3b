package dev.clap4j.internal.onnx;

import dev.clap4j.ClapException;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.io.TensorData;
import java.nio.FloatBuffer;

/**
 * A network in 16-bit floats, the largest of which is 65504. Values beyond become infinite, and then NaN in a norm or a
 * softmax, so they are seen in the output.
 */
record FiniteNetwork(CompiledNetwork network) implements CompiledNetwork {
    /**
     * Runs the network.
     *
     * @throws ClapException if a number of the output is not finite
     */
    @Override
    public TensorData run(TensorData... inputs) {
        TensorData output = network.run(inputs);
        FloatBuffer values = output.bytes().asFloatBuffer();
        while (values.hasRemaining()) {
            if (!Float.isFinite(values.get())) {
                throw new ClapException(
                        "The model's numbers grow beyond 65504, the largest one in fp16; compute in fp32");
            }
        }
        return output;
    }

    @Override
    public void prepare() {
        network.prepare();
    }

    @Override
    public void close() {
        network.close();
    }
}
