package dev.clap4j.head;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What heads compute, on whatever engine: the reference's outputs. */
public abstract class HeadContract {
    /** The reference's own fp32 and fp64 differ by 3.3e-7 of the largest value. */
    private static final double TOLERANCE = 1e-5;

    protected abstract Engine engine();

    @ParameterizedTest
    @ValueSource(strings = {"random_512_256_384", "random_512_448_512", "random_768_448_768"})
    void randomHeads(String name) {
        SafetensorsFile io = SafetensorsFile.open(Shared.golden("head/" + name + ".io.safetensors"));
        Head head = Head.load(Shared.golden("head/" + name + ".weights.safetensors"));
        for (int repeat = 0; repeat <= head.network().repeat(); repeat++) {
            for (String alpha : List.of("1", "0.208")) {
                TensorData expected = io.get("repeat" + repeat + ".scale_" + alpha);
                assertApplied(head.withRepeat(repeat), io.get("x"), alpha, expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TEXT,beta", "IMAGES,psi"})
    void theAuthorsTrainedHead(TrainedOn which, String name) {
        SafetensorsFile io = SafetensorsFile.open(Shared.golden("head/real_io.safetensors"));
        Head head = Head.load(Shared.golden("head/real_checkpoint_7200.pth"), which);
        assertThat(head.network()).isEqualTo(new ResidualMlp(512, 256, 512, 0, Activation.SILU));
        for (String alpha : List.of("1", "0.208")) {
            assertApplied(head, io.get("x"), alpha, io.get(name + ".scale_" + alpha));
        }
    }

    @Test
    void alphaZeroLeavesFeaturesAsTheyAre() {
        SafetensorsFile io = SafetensorsFile.open(Shared.golden("head/random_512_448_512.io.safetensors"));
        Head head = Head.load(Shared.golden("head/random_512_448_512.weights.safetensors"));
        assertApplied(head, io.get("x"), "0", io.get("x"));
    }

    private void assertApplied(Head head, TensorData x, String alpha, TensorData expected) {
        try (CompiledHead compiled = head.compile(engine())) {
            FeatureMatrix y = compiled.apply(matrix(x), Float.parseFloat(alpha));
            assertThat(y.dim()).isEqualTo((int) expected.shape()[1]);
            Numbers.assertClose(y.values(), expected.toFloats(), TOLERANCE);
        }
    }

    private static FeatureMatrix matrix(TensorData x) {
        List<String> ids = IntStream.range(0, (int) x.shape()[0])
                .mapToObj(Integer::toString)
                .toList();
        return new FeatureMatrix(ids, (int) x.shape()[1], x.toFloats());
    }
}
