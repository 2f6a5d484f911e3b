package dev.clap4j.internal.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.attack.ThreatModel;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThreatModelTests {
    private static final Preprocessing OPENAI = Preprocessing.openAi(8);

    private static TensorData pixels(byte[] bytes) {
        ByteBuffer buffer = TensorData.allocate(bytes.length).put(bytes).flip();
        return new TensorData("pixels", DataType.U8, new long[] {bytes.length / 192, 3, 8, 8}, buffer);
    }

    private static byte[] random(int images) {
        byte[] bytes = new byte[192 * images];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static float[] expected(byte[] bytes) {
        float[] normalised = new float[bytes.length];
        FloatBuffer target = FloatBuffer.wrap(normalised);
        for (int i = 0; i < bytes.length / 192; i++) {
            OPENAI.normalise(Arrays.copyOfRange(bytes, 192 * i, 192 * (i + 1)), target);
        }
        return normalised;
    }

    private record Normalised(ThreatModel threat) implements Forward {
        @Override
        public <T> T apply(TensorOps<T> ops, Weights<T> none, List<T> inputs) {
            return ThreatImages.normalised(ops, threat, inputs.get(0), OPENAI);
        }
    }

    @Test
    void theEncoderSeesWhatItSeesWithoutAttack() {
        byte[] bytes = random(3);
        for (ThreatModel threat : ThreatModel.values()) {
            TensorData images = ThreatImages.of(threat, pixels(bytes), OPENAI);
            Input pixels = new Input("pixels", DataType.F32, -1, 3, 8, 8);
            TensorSource nothing = TensorSource.of(Map.of(), "nothing");
            float[] normalised;
            try (CompiledNetwork network =
                    OrtEngine.create(1).compile(new Normalised(threat), List.of(pixels), nothing)) {
                normalised = network.run(images).toFloats();
            }
            // The same operations in the same order give the same bits.
            assertThat(normalised).isEqualTo(expected(bytes));
        }
    }

    @Test
    void imagesBecomePixelsAgain() {
        byte[] bytes = random(2);
        for (ThreatModel threat : ThreatModel.values()) {
            float[] back = ThreatImages.pixels(
                    threat, ThreatImages.of(threat, pixels(bytes), OPENAI).toFloats(), OPENAI);
            for (int i = 0; i < back.length; i++) {
                assertThat(back[i]).isCloseTo((bytes[i] & 0xFF) / 255f, within(1e-6f));
            }
        }
    }

    @Test
    void epsilonIsToldInLevels() {
        assertThat(ThreatImages.levels(ThreatModel.PIXEL, 8 / 255.0, OPENAI))
                .containsExactly(new double[] {8, 8, 8}, within(1e-9));
        assertThat(ThreatImages.levels(ThreatModel.OFFICIAL, 0.031, OPENAI))
                .containsExactly(new double[] {2.1235, 2.0656, 2.1800}, within(1e-3));
    }
}
