package dev.clap4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.clap4j.ClapException;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxSignatureTests {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("model.onnx");
    }

    /** A file {@code y = x + w} with 64 weights. */
    private Path write(boolean inside) {
        OnnxWriter writer = new OnnxWriter();
        OnnxValue x = writer.input(new Input("x", DataType.F16, -1, 64));
        TensorData w = TensorData.of("w", new float[64], 64);
        OnnxWriter.Network sum = new OnnxWriter.Network() {
            @Override
            public <T> List<T> apply(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
                return List.of(ops.add(inputs.get(0), ops.constant(w)));
            }
        };
        writer.output(
                        "y",
                        DataType.F32,
                        writer.run(sum, TensorSource.of(Map.of(), "test"), List.of(x))
                                .get(0))
                .write(file(), inside);
        return file();
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> OnnxSignature.read(file))
                .isInstanceOf(ClapException.class)
                .hasMessage(message);
    }

    @Test
    void inputsAndOutputsAreAsDeclared() {
        OnnxSignature signature = OnnxSignature.read(write(false));
        assertThat(signature.isRandom()).isFalse();
        assertThat(signature.outputs()).extracting(Input::name).containsExactly("y");
        assertThat(signature.inputs()).singleElement().satisfies(x -> {
            assertThat(x.name()).isEqualTo("x");
            assertThat(x.type()).isEqualTo(DataType.F16);
            assertThat(x.shape()).containsExactly(-1, 64);
        });
        OnnxWriter.listWeights(file());
        assertThat(OnnxSignature.read(file()).inputs()).hasSize(1);
        try (OrtGraph graph = OrtEngine.create(1).load(signature)) {
            float[] ones = new float[64];
            Arrays.fill(ones, 1);
            TensorData x = TensorData.of("x", ones, 1, 64).toF16();
            assertThat(graph.run(Map.of("x", x), Set.of("y")).get("y").toFloats())
                    .containsExactly(ones);
        }
    }

    @Test
    void otherFilesAreNotOnnx() throws IOException {
        assertRefused(file(), "There is no file " + file());
        assertRefused(folder, folder + " is a folder; a file was expected");
        Files.write(file(), new byte[0]);
        assertRefused(file(), "Cannot read " + file() + ": it is not an ONNX file: it has no network");
        for (String text :
                List.of("no network", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "{}", "<!")) {
            Files.writeString(file(), text);
            assertThatThrownBy(() -> OnnxSignature.read(file()))
                    .isInstanceOf(ClapException.class)
                    .hasMessageStartingWith("Cannot read " + file() + ": it is not an ONNX file: ");
        }
    }

    /** Damage anywhere ends in a clear error, or leaves a file that the runtime refuses or runs. */
    @Test
    void cutAndDamagedFilesAreRefusedOrReadButNothingElse() throws IOException {
        byte[] whole = Files.readAllBytes(write(true));
        Random random = new Random(3);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = i < 200 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = 0; i >= 200 && flips < 3; flips++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file(), damaged);
            try {
                OnnxSignature signature = OnnxSignature.read(file());
                assertThat(i).as("a cut file").isGreaterThanOrEqualTo(200);
                OrtEngine.create(1).load(signature).close();
            } catch (ClapException e) {
                assertThat(e).hasMessageContaining("" + folder);
            }
        }
    }

    @Test
    void weightsLieBesideTheFileOrNowhere() throws IOException {
        write(false);
        for (String elsewhere : List.of("/etc/passwd", "../model.onnx.data", "sub/weights.pb", "..", ".", "", "a\\b")) {
            OnnxWriter.relocate(file(), Map.of("location", elsewhere));
            assertRefused(
                    file(),
                    file() + " has weights in \"" + elsewhere
                            + "\"; weights are read from the file itself or from one beside it only");
        }
        OnnxWriter.relocate(file(), Map.of("location", "none.pb"));
        assertRefused(file(), "There is no file " + folder.resolve("none.pb"));
        Files.write(folder.resolve("short.pb"), new byte[255]);
        OnnxWriter.relocate(file(), Map.of("location", "short.pb", "offset", "0", "length", "256"));
        assertRefused(
                file(),
                folder.resolve("short.pb") + " has 255 bytes, but " + file()
                        + " needs 256 from byte 0 on; take both files from the same model");
        OnnxWriter.relocate(file(), Map.of("offset", "-1"));
        assertRefused(file(), file() + " has weights in another file at \"-1\"; expected a number of bytes");
    }

    @Test
    void linksLeadNowhereElse() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.write(other.resolve("secret"), new byte[4096]);
        write(false);
        Files.createSymbolicLink(folder.resolve("link.pb"), other.resolve("secret"));
        OnnxWriter.relocate(file(), Map.of("location", "link.pb", "offset", "0"));
        assertRefused(
                file(),
                file()
                        + " has weights in \"link.pb, a link to another folder\"; weights are read from the file itself or"
                        + " from one beside it only");
        // As in the cache of models, where both files are links to the same folder.
        Files.move(file(), other.resolve("blob"));
        Files.createSymbolicLink(file(), other.resolve("blob"));
        assertThat(OnnxSignature.read(file()).inputs()).hasSize(1);
    }

    /** Weights may hide in the networks of a loop or branch. */
    @Test
    void weightsInInnerNetworksAreCheckedToo() {
        write(true);
        TensorProto outside = TensorProto.newBuilder()
                .setName("hidden")
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("../x"))
                .build();
        GraphProto inner = GraphProto.newBuilder().addInitializer(outside).build();
        AttributeProto.Builder branch = AttributeProto.newBuilder().setName("then_branch");
        OnnxWriter.edit(
                file(),
                graph -> graph.addNode(NodeProto.newBuilder().setOpType("If").addAttribute(branch.setG(inner))));
        assertRefused(
                file(),
                file() + " has weights in \"../x\"; weights are read from the file itself or from one beside it only");
        GraphProto deep = inner;
        for (int i = 0; i < 200; i++) {
            deep = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder()
                            .addAttribute(AttributeProto.newBuilder().setG(deep)))
                    .build();
        }
        GraphProto deepest = deep;
        write(true);
        OnnxWriter.edit(
                file(),
                graph -> graph.addNode(NodeProto.newBuilder()
                        .addAttribute(AttributeProto.newBuilder().setG(deepest))));
        assertRefused(
                file(),
                "Cannot read " + file()
                        + ": it is not an ONNX file: its networks lie in one another more than 30 times");
    }

    @Test
    void operatorsThatTheRuntimeDoesNotKnowAreRefused() {
        OnnxWriter.renameOperator(write(true), "Add", "Steal");
        OnnxSignature signature = OnnxSignature.read(file());
        assertThatThrownBy(() -> OrtEngine.create(1).load(signature))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("ONNX Runtime cannot load " + file() + ": ")
                .hasMessageContaining("Steal");
    }
}
