package dev.clap4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.io.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A small model among the golden files: its weights in several layouts and files, and what the reference computes with it. */
public record GoldenModel(String topic) {
    /** A vision transformer. */
    public static final GoldenModel VIT = new GoldenModel("clip-vit-tiny");

    /** A residual network. */
    public static final GoldenModel RESNET = new GoldenModel("clip-resnet-tiny");

    /** All models. */
    public static List<GoldenModel> all() {
        return Golden.topics("clip-").stream().map(GoldenModel::new).toList();
    }

    /** OpenAI's layout, all values as 32-bit floats. */
    public Path weights() {
        return Golden.file(topic + "/openai/model.safetensors");
    }

    /** A file or folder of the model, for instance {@code file("huggingface")}. */
    public Path file(String relative) {
        return Golden.file(topic + "/" + relative);
    }

    /** The geometry, under OpenAI's names. */
    public JsonNode config() {
        return Golden.json(topic + "/config.json");
    }

    /** A whole number of the geometry. */
    public int size(String name) {
        return config().get(name).asInt();
    }

    /** Inputs, outputs and values between them. */
    public SafetensorsFile io() {
        return Golden.tensors(topic + "/io.safetensors");
    }

    /** Every file of weights and every folder that is read as a checkpoint, relative to the golden files. */
    public List<String> checkpoints() {
        Path folder = Golden.file(topic);
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return Golden.present(
                    topic + "/*/*.safetensors",
                    files.filter(file -> file.toString().matches(".*[/\\\\].*[.](safetensors|pt)|.*huggingface"))
                            .filter(file -> !file.getParent().equals(folder) || Files.isDirectory(file))
                            .map(file -> topic + "/"
                                    + folder.relativize(file).toString().replace('\\', '/'))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #checkpoints()}, the files that PyTorch wrote. */
    public List<String> torchFiles() {
        return Golden.present(
                topic + "/*/*.pt",
                checkpoints().stream().filter(name -> name.endsWith(".pt")).toList());
    }

    @Override
    public String toString() {
        return topic;
    }
}
