package dev.clap4j.internal.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.nn.ClipArchitecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An architecture of a family other than CLIP, as the configuration of its layout describes it.
 *
 * @param huggingFace whether the layout is Hugging Face's, else open_clip's
 * @param config the content of the configuration file
 */
record FamilyArchitecture(boolean huggingFace, ObjectNode config) {
    private static final String RESOURCE = "architectures.json";

    /** Returns the architectures by name, those of tiny models last. */
    static Map<String, FamilyArchitecture> all() {
        try (InputStream in = FamilyArchitecture.class.getResourceAsStream(RESOURCE)) {
            Map<String, FamilyArchitecture> all = new LinkedHashMap<>();
            new JsonMapper().readTree(in).properties().forEach(entry -> {
                boolean huggingFace = entry.getValue().has("huggingface");
                ObjectNode config = (ObjectNode) entry.getValue().get(huggingFace ? "huggingface" : "open_clip");
                all.put(entry.getKey(), new FamilyArchitecture(huggingFace, config));
            });
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ClipArchitecture architecture() {
        ConfigSection root = ConfigSection.of(Path.of(RESOURCE), config);
        return (huggingFace ? HuggingFaceConfig.read(root) : OpenClipConfig.readRoot(root)).architecture();
    }

    /** Writes an untrained checkpoint in the layout of the family. */
    void write(Path folder, long seed, Map<String, String> metadata) {
        ClipArchitecture architecture = architecture();
        Naming naming = huggingFace ? Naming.huggingFace(architecture) : Naming.openClip(architecture);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        architecture
                .shapes()
                .asMap()
                .forEach((name, shape) -> shapes.putAll(naming.recipe(name).sourceShapes(shape)));
        AtomicFiles.writeString(
                folder.resolve(huggingFace ? "config.json" : "open_clip_config.json"),
                config.toPrettyString() + System.lineSeparator());
        Initialization initialization = Initialization.ofAnyNetwork(shapes, seed);
        SafetensorsFile.write(
                folder.resolve(huggingFace ? "model.safetensors" : "open_clip_model.safetensors"),
                metadata,
                shapes.entrySet().stream()
                        .map(tensor -> new TensorInfo(tensor.getKey(), DataType.F32, tensor.getValue()))
                        .toList(),
                tensor -> initialization.draw(tensor.name()));
    }
}
