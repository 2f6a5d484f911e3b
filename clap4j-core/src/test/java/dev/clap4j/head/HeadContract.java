package dev.clap4j.head;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Golden;
import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads compute the reference's outputs on every engine. */
public abstract class HeadContract {
    /** The reference's own fp32 and fp64 differ by 3.3e-7 of the largest value. */
    private static final double TOLERANCE = 1e-5;

    private static final Pattern OUTPUT = Pattern.compile("repeat(\\d+)\\.scale_(.+)");

    protected abstract Engine engine();

    @ParameterizedTest
    @MethodSource("heads")
    void randomHeads(String name) {
        SafetensorsFile io = Golden.tensors("head/" + name + ".io.safetensors");
        Head head = Head.load(Golden.file("head/" + name + ".weights.safetensors"));
        for (String output : io.names()) {
            Matcher matcher = OUTPUT.matcher(output);
            if (matcher.matches()) {
                Head repeated = head.withRepeat(Integer.parseInt(matcher.group(1)));
                assertApplied(repeated, io.get("x"), matcher.group(2), io.get(output));
            }
        }
        assertThat(io.names()).anyMatch(OUTPUT.asMatchPredicate());
    }

    static List<String> heads() {
        return Golden.names("head", ".weights.safetensors");
    }

    @Tag(Shared.TAG)
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
        for (String name : heads()) {
            TensorData x = Golden.tensors("head/" + name + ".io.safetensors").get("x");
            Head head = Head.load(Golden.file("head/" + name + ".weights.safetensors"));
            if (head.network().inDim() == head.network().outDim()) {
                assertApplied(head, x, "0", x);
            }
        }
    }

    private void assertApplied(Head head, TensorData x, String alpha, TensorData expected) {
        try (CompiledHead compiled = CompiledHead.of(head, engine())) {
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
