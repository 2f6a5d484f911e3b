package dev.clap4j.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.clap4j.Precision;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.onnx.Operators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Assumptions of tools that quantise or rewrite graphs, which hold for graphs that PyTorch exports. */
class ExportedGraphTests {
    private static final Set<String> PRODUCTS = Set.of("MatMul", "Gemm", "MatMulInteger", "Conv");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void models() throws IOException {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder.resolve("tiny"));
        RandomCheckpoint.write("tiny-RN", 1, Optional.empty(), folder.resolve("tiny-RN"));
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder.resolve("averaging"));
        Path config = folder.resolve("averaging/open_clip_config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"patch_size\"", "\"pool_type\": \"avg\", \"patch_size\""));
    }

    @ParameterizedTest
    @CsvSource({
        "tiny, FP32, STANDARD, false",
        "tiny, FP32, STANDARD, true",
        "tiny, FP32, ONNX_RUNTIME, false",
        "tiny, FP16, STANDARD, true",
        "tiny, FP16, ONNX_RUNTIME, false",
        "tiny-RN, FP16, STANDARD, false",
        "tiny, INT8, STANDARD, false",
        "tiny, INT8, ONNX_RUNTIME, true",
        "tiny-RN, FP32, STANDARD, false",
        "tiny-RN, INT8, STANDARD, true",
        "averaging, FP32, STANDARD, true",
        "averaging, INT8, ONNX_RUNTIME, false",
    })
    void nothingIsAskedOfOrComputedFromConstants(
            String model, Precision precision, Operators operators, boolean preprocessing) throws IOException {
        ClipExport export = ClipExport.of(
                Checkpoint.open(folder.resolve(model)),
                Optional.empty(),
                0,
                new ExportOptions(precision, operators, true, preprocessing));
        FeatureMatrix classes = new FeatureMatrix(List.of("a", "b"), 64, new float[128]);
        assertPlain(export.image(folder.resolve("image.onnx")));
        assertPlain(export.text(folder.resolve("text.onnx")));
        assertPlain(export.classifier(folder.resolve("classifier.onnx"), classes));
    }

    private static void assertPlain(List<Path> files) throws IOException {
        GraphProto graph =
                ModelProto.parseFrom(Files.readAllBytes(files.get(0))).getGraph();
        Set<String> constants =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        Set<String> computed = graph.getInputList().stream()
                .map(ValueInfoProto::getName)
                .collect(Collectors.toCollection(HashSet::new));
        for (NodeProto node : graph.getNodeList()) {
            List<String> inputs =
                    node.getInputList().stream().filter(name -> !name.isEmpty()).toList();
            assertThat(inputs).as(node.getName()).anyMatch(computed::contains);
            assertThat(inputs).as(node.getName()).allMatch(name -> computed.contains(name) || constants.contains(name));
            if (node.getOpType().equals("Shape")) {
                assertThat(constants).doesNotContain(node.getInput(0));
            }
            computed.addAll(node.getOutputList());
        }
        // Every matrix or kernel that is not data is there as it is multiplied.
        assertThat(graph.getNodeList().stream()
                        .filter(node -> PRODUCTS.contains(node.getOpType()) && constants.contains(node.getInput(1))))
                .isNotEmpty();
    }
}
