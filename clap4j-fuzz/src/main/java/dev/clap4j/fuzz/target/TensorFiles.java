package dev.clap4j.fuzz.target;

import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.fuzz.mutation.Zip;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Files of named tensors. */
final class TensorFiles {
    private static final List<TensorData> TENSORS = List.of(
            TensorData.of("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
            TensorData.of("n", new long[] {5}),
            TensorData.of("empty", new float[0], 0, 4));

    private TensorFiles() {}

    static List<Input> safetensors() {
        return List.of(Input.of("tensors.safetensors", safetensors(Map.of("format", "pt", "α", "½"), TENSORS)));
    }

    static byte[] safetensors(Map<String, String> metadata, List<TensorData> tensors) {
        return Bits.file("file", folder -> SafetensorsFile.write(folder.resolve("file"), metadata, tensors));
    }

    /** Returns a state dict, a training checkpoint with one, and views. */
    static List<Input> torch() {
        return List.of(
                Input.of("tensors.pt", torch(TENSORS)),
                Input.of("tensors.pt", archive(StateDict.inCheckpoint(TENSORS), TENSORS)),
                Input.of("tensors.pt", archive(StateDict.ofViews(), TENSORS)));
    }

    static byte[] torch(List<TensorData> tensors) {
        return archive(StateDict.of(tensors), tensors);
    }

    private static byte[] archive(byte[] pickle, List<TensorData> tensors) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", pickle);
        entries.put("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < tensors.size(); i++) {
            entries.put("archive/data/" + i, StateDict.bytes(tensors.get(i)));
        }
        return Zip.of(entries);
    }

    /** Returns files in PyTorch's legacy format. */
    static List<Input> legacyTorch() {
        return List.of(Input.of("tensors.pkl", StateDict.legacy(TENSORS)));
    }

    static List<Input> shards() {
        String index = "{\"metadata\": {\"total_size\": 32}, \"weight_map\": {\"w\": \"a.safetensors\", \"n\":"
                + " \"b.safetensors\", \"empty\": \"b.safetensors\"}}";
        return List.of(Input.of("model.safetensors.index.json", index.getBytes(StandardCharsets.UTF_8))
                .with("a.safetensors", safetensors(Map.of(), TENSORS.subList(0, 1)))
                .with("b.safetensors", safetensors(Map.of(), TENSORS.subList(1, 3))));
    }

    /** Reads every number of every tensor. */
    static void read(Path path) {
        TensorFile file = TensorFile.open(path);
        for (String name : file.names()) {
            TensorData tensor = file.get(name);
            if (tensor.elements() != file.info(name).elements()) {
                throw new IllegalStateException(name + " is " + tensor + ", announced as " + file.info(name));
            }
            if (tensor.type().isFloat()) {
                tensor.toF32();
            }
        }
        if (file.metadata().values().stream().anyMatch(Objects::isNull)) {
            throw new IllegalStateException("Metadata without a text: " + file.metadata());
        }
    }
}
