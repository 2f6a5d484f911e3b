package dev.clap4j.internal.checkpoint;

import static dev.clap4j.GoldenModel.RESNET;
import static dev.clap4j.GoldenModel.VIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Faults;
import dev.clap4j.Golden;
import dev.clap4j.GoldenModel;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.HalfFloats;
import dev.clap4j.internal.io.LegacyArchive;
import dev.clap4j.internal.io.PickleWriter;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TorchArchive;
import dev.clap4j.internal.nn.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every layout and kind of file: the same model, the same weights to the bit, the same fingerprint. */
class CheckpointContractTests {
    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> theTinyTransformer() {
        Map<String, Path> others = new HashMap<>(files(VIT));
        Path huggingFace = VIT.file("huggingface/model.safetensors");
        others.put("OpenAI folder", VIT.file("openai"));
        others.put("Hugging Face file by itself", link(huggingFace, "model.safetensors"));
        others.put("Hugging Face in shards", sharded(huggingFace));
        others.put("open_clip folder", Golden.file("openclip-naming"));
        others.put("open_clip file", Golden.file("openclip-naming/open_clip_model.safetensors"));
        others.put("open_clip CustomTextCLIP", customText(Golden.file("openclip-naming")));
        return contract(VIT.weights(), others);
    }

    @TestFactory
    Stream<DynamicTest> theTinyResidualNetwork() {
        Map<String, Path> others = new HashMap<>(files(RESNET));
        others.put("open_clip folder", openClipResNet(RESNET.weights()));
        others.put("OpenAI in shards", sharded(RESNET.weights()));
        return contract(RESNET.weights(), others);
    }

    /** The files and folders as they are. */
    private static Map<String, Path> files(GoldenModel model) {
        return model.checkpoints().stream().collect(Collectors.toMap(name -> name, Golden::file));
    }

    /** As training code saves a model: the same tensors under more names, among other things, in older formats. */
    @TestFactory
    Stream<DynamicTest> whatTrainingCodeSaves() throws IOException {
        Path golden = VIT.weights();
        SafetensorsFile file = SafetensorsFile.open(golden);
        List<TensorData> tensors = file.names().stream().map(file::get).toList();
        return contract(
                golden,
                Map.of(
                        "DataParallel", renamed(tensors, "module."),
                        "DataParallel, compiled", renamed(tensors, "module._orig_mod."),
                        "Lightning", renamed(tensors, "model."),
                        "averaged weights", renamed(tensors, "state_dict_ema."),
                        "any prefix", renamed(tensors, "my.own.wrapper."),
                        "training checkpoint", wrapped(tensors, "state_dict"),
                        "averaged training checkpoint", wrapped(tensors, "state_dict_ema"),
                        "PyTorch before 1.6", LegacyArchive.of(tensors).write(temporary.resolve("legacy/model.pt"))));
    }

    private Path renamed(List<TensorData> tensors, String prefix) {
        Path path = temporary.resolve(prefix + "safetensors");
        SafetensorsFile.write(
                path,
                Map.of(),
                tensors.stream()
                        .map(tensor -> tensor.named(prefix + tensor.name()))
                        .toList());
        return path;
    }

    /** Among an optimiser's state, and options that only Python could make. */
    private Path wrapped(List<TensorData> tensors, String key) {
        PickleWriter pickle =
                new PickleWriter().emptyDict().mark().text("epoch").integer(3).text("args");
        pickle.global("argparse", "Namespace").emptyTuple().op(0x81).text(key);
        pickle.stateDict(tensors)
                .text("optimizer")
                .emptyDict()
                .mark()
                .text("step")
                .tensor("0", tensors.get(0));
        TorchArchive archive = TorchArchive.of(pickle.setItems().setItems().stop());
        for (int i = 0; i < tensors.size(); i++) {
            byte[] bytes = new byte[tensors.get(i).bytes().remaining()];
            tensors.get(i).bytes().get(bytes);
            archive.with("archive/data/" + i, bytes);
        }
        return archive.write(temporary.resolve(key + ".pt"));
    }

    private static Stream<DynamicTest> contract(Path first, Map<String, Path> others) {
        Checkpoint expected = Checkpoint.open(first);
        return others.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(other -> DynamicTest.dynamicTest(
                        other.getKey(), () -> assertSame(expected, Checkpoint.open(other.getValue()))));
    }

    private static void assertSame(Checkpoint expected, Checkpoint actual) {
        assertThat(actual.architecture()).isEqualTo(expected.architecture());
        assertThat(actual.fingerprint()).isEqualTo(expected.fingerprint());
        assertThat(actual.parameters()).isEqualTo(expected.parameters());
        assertThat(actual.endOfText()).isEqualTo(expected.endOfText());
        assertThat(actual.logitScale()).isEqualTo(expected.logitScale());
        assertThat(actual.weights().names()).isEqualTo(expected.weights().names());
        actual.verify();
        for (String name : expected.weights().names()) {
            TensorData want = expected.weights().get(name);
            TensorData have = actual.weights().get(name);
            assertThat(have.name()).isEqualTo(name);
            assertThat(have.shape()).as(name).isEqualTo(want.shape());
            assertThat(have.toFloats()).as(name).isEqualTo(want.toFloats());
        }
    }

    @Test
    void halvesOfAModelShareItsFingerprint() {
        Path golden = VIT.weights();
        Path halves = converted(golden, DataType.F16);
        assertThat(Checkpoint.open(halves).tensors()).allMatch(tensor -> tensor.type() == DataType.F16);
        assertThat(Checkpoint.open(halves).fingerprint())
                .isEqualTo(Checkpoint.open(golden).fingerprint());
    }

    @Test
    void brainFloatsAreRead() {
        Path golden = VIT.weights();
        Checkpoint exact = Checkpoint.open(golden);
        Checkpoint rounded = Checkpoint.open(converted(golden, DataType.BF16));
        rounded.verify();
        float[] want = exact.weights().get("visual.proj").toFloats();
        float[] have = rounded.weights().get("visual.proj").toFloats();
        for (int i = 0; i < want.length; i++) {
            // bfloat16 keeps 8 bits of the significand; the conversion in this test cuts the others off.
            assertThat(Math.abs(have[i] - want[i])).isLessThanOrEqualTo(Math.abs(want[i]) * 0x1p-7f);
        }
        assertThat(rounded.fingerprint()).isNotEqualTo(exact.fingerprint());
    }

    /** Half of one matrix is another, and so is a single number of it: neither shares the name of the first. */
    @Test
    void everyValueIsPartOfTheFingerprint() {
        Checkpoint a = Checkpoint.open(Faults.file("fingerprint-collision/a"));
        Checkpoint b = Checkpoint.open(Faults.file("fingerprint-collision/b"));
        assertThat(a.fingerprint()).isNotEqualTo(b.fingerprint());
        assertThat(a.contentDigest()).isNotEqualTo(b.contentDigest());
        Path golden = VIT.weights();
        Checkpoint whole = Checkpoint.open(golden);
        for (float change : new float[] {1.001f, 1 + 0x1p-23f}) {
            Checkpoint changed = Checkpoint.open(changed(golden, "visual.proj", 777, change));
            assertThat(changed.contentDigest()).isNotEqualTo(whole.contentDigest());
            // What 16-bit floats cannot tell apart is one model, in two precisions.
            assertThat(changed.fingerprint().equals(whole.fingerprint())).isEqualTo(change != 1.001f);
        }
    }

    private Path changed(Path original, String name, int place, float factor) {
        SafetensorsFile file = SafetensorsFile.open(original);
        Path path = temporary.resolve(name + factor + ".safetensors");
        SafetensorsFile.write(
                path,
                Map.of(),
                file.names().stream()
                        .map(file::get)
                        .map(tensor -> {
                            float[] values = tensor.toFloats();
                            values[place % values.length] *= tensor.name().equals(name) ? factor : 1;
                            return TensorData.of(tensor.name(), values, tensor.shape());
                        })
                        .toList());
        return path;
    }

    @Test
    void copiesOfAFileShareItsDigest() throws IOException {
        Path golden = VIT.weights();
        Path copy = Files.copy(golden, temporary.resolve("copy.safetensors"));
        assertThat(Checkpoint.open(copy).contentDigest())
                .isEqualTo(Checkpoint.open(golden).contentDigest());
        assertThat(Checkpoint.open(converted(golden, DataType.F16)).contentDigest())
                .isNotEqualTo(Checkpoint.open(golden).contentDigest());
    }

    @Test
    void theActivationIsPartOfTheFingerprint() throws IOException {
        Path original = Golden.file("openclip-naming");
        Path folder = Files.createDirectories(temporary.resolve("gelu"));
        Files.copy(original.resolve("open_clip_model.safetensors"), folder.resolve("open_clip_model.safetensors"));
        String config = Files.readString(original.resolve("open_clip_config.json"));
        Files.writeString(folder.resolve("open_clip_config.json"), config.replace("\"quick_gelu\": true,", ""));
        Checkpoint gelu = Checkpoint.open(folder);
        assertThat(gelu.architecture().text().activation()).isEqualTo(Activation.GELU);
        assertThat(gelu.fingerprint()).isNotEqualTo(Checkpoint.open(original).fingerprint());
    }

    private Path link(Path original, String name) {
        try {
            Path folder = Files.createDirectories(temporary.resolve("alone"));
            return Files.copy(original, folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The tensors dealt out to three files, and an index of them. */
    private Path sharded(Path original) {
        SafetensorsFile file = SafetensorsFile.open(original);
        Path folder = temporary.resolve("shards-" + file.names().size());
        StringBuilder index = new StringBuilder("{\"metadata\": {}, \"weight_map\": {");
        List<String> names = file.names().stream().sorted().toList();
        for (int shard = 0; shard < 3; shard++) {
            int offset = shard;
            String shardName = "model-0000" + (shard + 1) + "-of-00003.safetensors";
            List<TensorData> tensors = names.stream()
                    .filter(name -> names.indexOf(name) % 3 == offset)
                    .map(file::get)
                    .toList();
            SafetensorsFile.write(folder.resolve(shardName), Map.of(), tensors);
            tensors.forEach(tensor -> index.append(index.charAt(index.length() - 1) == '{' ? "" : ", ")
                    .append('"' + tensor.name() + "\": \"" + shardName + '"'));
        }
        write(folder.resolve("model.safetensors.index.json"), index.append("}}").toString());
        Path config = original.resolveSibling("config.json");
        if (Files.exists(config)) {
            write(folder.resolve("config.json"), read(config));
        }
        return folder;
    }

    private Path customText(Path original) {
        Path folder = temporary.resolve("custom-text");
        SafetensorsFile file = SafetensorsFile.open(original.resolve("open_clip_model.safetensors"));
        List<TensorData> renamed = file.names().stream()
                .map(name -> file.get(name)
                        .named(name.startsWith("visual.") || name.equals("logit_scale") ? name : "text." + name))
                .toList();
        SafetensorsFile.write(folder.resolve("open_clip_model.safetensors"), Map.of(), renamed);
        write(folder.resolve("open_clip_config.json"), read(original.resolve("open_clip_config.json")));
        return folder;
    }

    private Path openClipResNet(Path original) {
        Path folder = temporary.resolve("open-clip-resnet");
        SafetensorsFile file = SafetensorsFile.open(original);
        SafetensorsFile.write(
                folder.resolve("open_clip_model.safetensors"),
                Map.of(),
                file.names().stream().map(file::get).toList());
        write(folder.resolve("open_clip_config.json"), """
                {"model_cfg": {"embed_dim": 40, "quick_gelu": true,
                  "vision_cfg": {"image_size": 64, "layers": [1, 2, 1, 1], "width": 4, "patch_size": null},
                  "text_cfg": {"context_length": 77, "vocab_size": 300, "width": 64, "heads": 1, "layers": 1}}}
                """);
        return folder;
    }

    private Path converted(Path original, DataType type) {
        SafetensorsFile file = SafetensorsFile.open(original);
        List<TensorData> tensors =
                file.names().stream().map(name -> halves(file.get(name), type)).toList();
        Path path = temporary.resolve(type + ".safetensors");
        SafetensorsFile.write(path, Map.of(), tensors);
        return path;
    }

    private static TensorData halves(TensorData tensor, DataType type) {
        var bytes = TensorData.allocate(tensor.elements() * 2);
        for (float value : tensor.toFloats()) {
            bytes.putShort(
                    type == DataType.F16 ? HalfFloats.toHalf(value) : (short) (Float.floatToRawIntBits(value) >>> 16));
        }
        return new TensorData(tensor.name(), type, tensor.shape(), bytes.rewind());
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
