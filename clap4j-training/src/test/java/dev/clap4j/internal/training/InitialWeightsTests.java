package dev.clap4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.run.Streams;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitialWeightsTests {
    @Test
    void layersAreUniformAndTheProjectionIsZero() {
        ResidualMlp network = new ResidualMlp(100, 64, 100, 1, Activation.SILU);
        List<TensorData> weights = InitialWeights.draw(network, new Streams(1));
        assertThat(weights)
                .extracting(TensorData::name)
                .containsExactlyElementsOf(network.shapes().asMap().keySet());
        for (TensorData weight : weights) {
            double bound = weight.name().startsWith("linear") ? 0.1 : 0.125;
            float[] values = weight.toFloats();
            if (weight.name().equals("projection.weight")) {
                assertThat(values).containsOnly(0);
                continue;
            }
            double squares = 0;
            for (float value : values) {
                assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
                squares += (double) value * value;
            }
            if (values.length > 1000) {
                // A uniform distribution's deviation is its bound over the root of 3; 4096 draws tell it to 1 %.
                assertThat(Math.sqrt(squares / values.length)).isCloseTo(bound / Math.sqrt(3), within(0.03 * bound));
            }
        }
    }
}
