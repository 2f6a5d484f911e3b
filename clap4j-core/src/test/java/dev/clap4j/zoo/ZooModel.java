package dev.clap4j.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A published model at its real size among the golden files: its configuration, tensors, and the reference's features. */
public record ZooModel(String name, JsonNode json) {
    /** Reads a model by its name. */
    public static ZooModel of(String name) {
        return new ZooModel(name, Golden.json("zoo/" + name + ".json"));
    }

    /** Returns all models, the smallest first. */
    public static List<ZooModel> all() {
        return Golden.names("zoo", ".json").stream()
                .map(ZooModel::of)
                .sorted(Comparator.comparing(ZooModel::parameters))
                .toList();
    }

    /** Returns the smallest model of each family. */
    public static List<ZooModel> smallestOfEachFamily() {
        return List.copyOf(all().stream()
                .collect(Collectors.toMap(
                        ZooModel::family,
                        Function.identity(),
                        BinaryOperator.minBy(Comparator.comparing(ZooModel::parameters)),
                        TreeMap::new))
                .values());
    }

    /** Returns the number of parameters. */
    public long parameters() {
        return json.path("parameters").asLong();
    }

    /** Returns what the networks of a model have in common with others: their kinds, without sizes. */
    public String family() {
        JsonNode config = json.path("config");
        if (isHuggingFace()) {
            return "hf-" + config.path("model_type").asText();
        }
        JsonNode model = config.path("model_cfg");
        JsonNode vision = model.path("vision_cfg");
        JsonNode text = model.path("text_cfg");
        String images = vision.path("timm_model_name")
                .asText(
                        vision.path("layers").isArray()
                                ? "rn"
                                : vision.path("no_ln_pre").asBoolean() ? "clipa" : "vit")
                .replaceAll("_(tiny|small|base|medium|large|xlarge|so400m|giantopt).*", "")
                .replaceAll("\\d+$", "");
        if (vision.path("timm_model_name").asText().contains("siglip")) {
            images = "siglip";
        }
        String texts = text.path("hf_model_name")
                .asText("")
                .replaceAll("^xlm-|.*/", "")
                .replaceAll("-.*", "");
        return (model.has("multimodal_cfg") ? "coca" : images) + (texts.isEmpty() ? "" : "-" + texts);
    }

    /** Returns whether the model is a folder of Hugging Face's, not of open_clip's. */
    public boolean isHuggingFace() {
        return json.path("layout").asText().equals("huggingface");
    }

    /** Returns name and shape of every tensor, as published. */
    public List<TensorInfo> tensors() {
        List<TensorInfo> tensors = new ArrayList<>();
        json.path("tensors").properties().forEach(tensor -> {
            long[] shape = new long[tensor.getValue().size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = tensor.getValue().get(i).asLong();
            }
            tensors.add(new TensorInfo(tensor.getKey(), DataType.F32, shape));
        });
        return tensors;
    }

    /** Writes the configuration as published. */
    public Path writeConfiguration(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve(isHuggingFace() ? "config.json" : "open_clip_config.json"),
                json.path("config").toString());
    }

    /** Writes configuration and weights as published. */
    public void write(Path folder) throws IOException {
        writeConfiguration(folder);
        String weights = isHuggingFace() ? "model.safetensors" : "open_clip_model.safetensors";
        SafetensorsFile.write(folder.resolve(weights), Map.of(), tensors(), NamedValues::of);
    }

    /** Returns the pixels of two images, normalised. */
    public TensorData pixels() {
        JsonNode size = json.path("image_size");
        return NamedValues.filled(
                "pixels", new long[] {2, 3, size.get(0).asLong(), size.get(1).asLong()}, 0, 1.5);
    }

    /** Returns the ids of three texts, padded as the family pads them. */
    public TensorData tokens() {
        List<Long> ids = new ArrayList<>();
        json.path("tokens").forEach(text -> text.forEach(id -> ids.add(id.asLong())));
        long rows = json.path("tokens").size();
        return TensorData.of("tokens", ids.stream().mapToLong(Long::longValue).toArray(), rows, ids.size() / rows);
    }

    /** Returns features of the reference, row by row: {@code image_features} or {@code text_features}. */
    public float[][] features(String which) {
        JsonNode rows = json.path(which);
        float[][] features = new float[rows.size()][];
        for (int row = 0; row < features.length; row++) {
            features[row] = new float[rows.get(row).size()];
            for (int i = 0; i < features[row].length; i++) {
                JsonNode value = rows.get(row).get(i);
                features[row][i] = value.isNumber() ? value.floatValue() : Float.NaN;
            }
        }
        return features;
    }

    @Override
    public String toString() {
        return name;
    }
}
