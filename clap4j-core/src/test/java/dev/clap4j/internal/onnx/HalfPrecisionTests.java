package dev.clap4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.clap4j.ClapException;
import dev.clap4j.Device;
import dev.clap4j.Numbers;
import dev.clap4j.Precision;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.Agreement;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.GoldenFeaturesContract;
import dev.clap4j.internal.clip.KnownAgreement;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.zoo.TinyFamily;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Graphs in 16-bit floats, which are for GPUs, on the processor. There ONNX Runtime computes most steps in 32 bits, so
 * weights, inputs and outputs are rounded, but not every value in between.
 */
class HalfPrecisionTests extends GoldenFeaturesContract {
    private static final Device CUDA = Device.of("cuda");

    @TempDir
    private Path folder;

    private static OrtEngine half() {
        return OrtEngine.create().with(Precision.FP16, Device.cpu());
    }

    @Override
    protected Engine engine() {
        return half();
    }

    /** Each rounding is by up to one part in 2048, and there are several in a row. */
    @Override
    protected double tolerance() {
        return 1e-2;
    }

    @ParameterizedTest
    @MethodSource("dev.clap4j.zoo.TinyFamily#names")
    void everyFamilysFeaturesAreNearlyThoseInFullPrecision(String name) {
        TinyFamily family = TinyFamily.write(name, folder.resolve("model"));
        try (ClipModel exact = model(family.checkpoint(), OrtEngine.create());
                ClipModel rounded = model(family.checkpoint(), half())) {
            assertAlike(
                    PreparedInputs.encodePixels(rounded, family.pixels()),
                    PreparedInputs.encodePixels(exact, family.pixels()));
            assertAlike(
                    PreparedInputs.encodeTokens(rounded, family.tokens()),
                    PreparedInputs.encodeTokens(exact, family.tokens()));
        }
    }

    private static ClipModel model(Checkpoint checkpoint, Engine engine) {
        return ClipModel.of(checkpoint, engine, Overflow.ERROR);
    }

    private static void assertAlike(FeatureMatrix rounded, FeatureMatrix exact) {
        assertThat(rounded.values()).isNotEqualTo(exact.values());
        FeatureMatrix one = rounded.normalised();
        FeatureMatrix other = exact.normalised();
        for (int row = 0; row < exact.rows(); row++) {
            double cosine = 0;
            for (int i = 0; i < exact.dim(); i++) {
                cosine += (double) one.row(row)[i] * other.row(row)[i];
            }
            assertThat(cosine).isGreaterThan(0.99999);
        }
    }

    @Test
    void theAgreementOfAModelIsMeasured() {
        Checkpoint checkpoint =
                TinyFamily.write("tiny", folder.resolve("model")).checkpoint();
        KnownAgreement known = new KnownAgreement(folder.resolve("cache"));
        Agreement measured = known.of(checkpoint, half());
        assertThat(measured.images().least()).isBetween(0.9999, 0.9999999999);
        assertThat(known.knows(checkpoint, half())).isTrue();
        assertThat(known.knows(checkpoint, OrtEngine.create().withPrecision(Precision.INT8)))
                .isFalse();
    }

    @Test
    void everyWeightIsStoredInSixteenBits() {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph, Precision.FP16, Operators.ONNX_RUNTIME);
        TensorData square = numbers("square", 32, 32);
        OnnxValue x = ops.input(new Input("x", DataType.F32, -1, -1, 32));
        OnnxValue own = ops.linear(x, ops.constant(square), null);
        OnnxValue given = ops.linear(own, ops.constant(square.toF16().named("given")), null);
        OnnxValue part = ops.linear(given, ops.slice(ops.constant(square), 0, 0, 8), null);
        graph.output(OrtEngine.OUTPUT, ops.toF32(part));
        assertThat(graph.externalWeights().values())
                .hasSize(3)
                .allMatch(weight -> weight.type() == DataType.F16)
                .anyMatch(weight -> weight.shape()[0] == 8);
    }

    /** On the processor, norms in single steps would be computed in 32 bits, too. */
    @Test
    void normsTakeTheirStatisticsInThirtyTwoBits() {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph, Precision.FP16, Operators.STANDARD);
        OnnxValue x = ops.input(new Input("x", DataType.F32, -1, 8));
        OnnxValue weight = ops.constant(filled("weight", 1, 8));
        OnnxValue normalised = ops.layerNorm(x, weight, ops.constant(filled("bias", 0, 8)), 1e-5f);
        graph.output(OrtEngine.OUTPUT, ops.toF32(normalised));
        List<NodeProto> nodes = graph.model().getGraph().getNodeList();
        assertThat(nodes)
                .extracting(NodeProto::getOpType)
                .containsExactly("Cast", "LayerNormalization", "Cast", "Identity");
        assertThat(nodes.get(1).getAttributeList())
                .contains(OnnxGraph.attribute("stash_type", TensorProto.DataType.FLOAT_VALUE));
    }

    /** The variance is beyond 65504, and its root is not. */
    @Test
    void statisticsOfChannelsAreRoundedLast() {
        Map<String, TensorData> weights = Map.of(
                "weight", filled("weight", 3, 2),
                "bias", filled("bias", -1, 2),
                "mean", filled("mean", 500, 2),
                "variance", filled("variance", 1e6f, 2));
        float[] values = {-3000, -1000, 0, 700, 900, 2000, 4000, 500};
        assertNearlyExact(HalfPrecisionTests::batchNorm, TensorData.of("x", values, 1, 2, 2, 2), weights);
    }

    private static <T> T batchNorm(TensorOps<T> ops, Weights<T> w, List<T> x) {
        return ops.batchNorm(x.get(0), w.get("weight"), w.get("bias"), w.get("mean"), w.get("variance"), 1e-5f);
    }

    private static void assertNearlyExact(Forward network, TensorData x, Map<String, TensorData> weights) {
        long[] shape = x.shape();
        shape[0] = -1;
        List<Input> inputs = List.of(new Input("x", DataType.F32, shape));
        TensorSource source = TensorSource.of(weights, "The test");
        try (CompiledNetwork exact = OrtEngine.create().compile(network, inputs, source);
                CompiledNetwork rounded = half().compile(network, inputs, source)) {
            Numbers.assertClose(rounded.run(x).toFloats(), exact.run(x).toFloats(), 0x1p-9);
        }
    }

    @Test
    void numbersThatAreTooLargeAreRefused() {
        TensorSource source = TensorSource.of(Map.of("large", filled("large", 1e5f, 4)), "The test");
        List<Input> inputs = List.of(new Input("x", DataType.F32, -1, 4));
        try (CompiledNetwork network = half().compile(HalfPrecisionTests::product, inputs, source)) {
            TensorData x = TensorData.of("x", new float[] {1, 2, 3, 4}, 1, 4);
            assertThatExceptionOfType(ClapException.class)
                    .isThrownBy(() -> network.run(x))
                    .withMessageContaining("65504");
        }
    }

    private static <T> T product(TensorOps<T> ops, Weights<T> w, List<T> x) {
        return ops.multiply(x.get(0), w.get("large"));
    }

    /** Engines for a device that need not be present. */
    @Test
    void devicesComputeInTheirPrecisions() {
        OrtEngine gpu = OrtEngine.create().with(Precision.FP32, CUDA);
        OrtEngine half = gpu.withPrecision(Precision.FP16);
        assertThat(half.name()).isEqualTo("ort cuda fp16");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> half.on(Device.cpu()))
                .withMessageStartingWith("fp16 runs on GPUs only, not on cpu");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> gpu.withPrecision(Precision.INT8))
                .withMessage("int8 runs on the processor only, not on cuda");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(half::forGradients)
                .withMessage("Gradients are computed in fp32, not in fp16");
    }

    private static TensorData filled(String name, float value, int count) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return TensorData.of(name, values, count);
    }

    private static TensorData numbers(String name, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        return TensorData.of(name, values, rows, columns);
    }
}
