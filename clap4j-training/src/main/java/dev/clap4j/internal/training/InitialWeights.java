package dev.clap4j.internal.training;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.run.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws the initial weights of a head (CLAP, section 3.3). Linear layers are uniform within ±1/√n for n inputs, the
 * default of PyTorch. The projection is zero, so the untrained head leaves features unchanged.
 */
final class InitialWeights {
    private InitialWeights() {}

    static List<TensorData> draw(ResidualMlp network, Streams streams) {
        List<TensorData> weights = new ArrayList<>();
        network.shapes().asMap().forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(shape[0] * (shape.length > 1 ? shape[1] : 1))];
            if (!name.equals("projection.weight")) {
                RandomGenerator random = streams.get("weights " + name, 0);
                double bound = 1 / Math.sqrt(name.startsWith("linear.") ? network.inDim() : network.latentDim());
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
                }
            }
            weights.add(TensorData.of(name, values, shape));
        });
        return weights;
    }
}
