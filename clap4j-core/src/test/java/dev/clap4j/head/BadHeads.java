package dev.clap4j.head;

import dev.clap4j.BadFile;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Heads that must be refused, and the words in which. */
public final class BadHeads {
    private static final ResidualMlp NETWORK = new ResidualMlp(4, 3, 4, 0, Activation.SILU);

    private final Path folder;
    private final List<BadFile> files = new ArrayList<>();

    private BadHeads(Path folder) {
        this.folder = folder;
    }

    /** Writes them all into a folder. */
    public static List<BadFile> write(Path folder) throws IOException {
        BadHeads heads = new BadHeads(folder);
        heads.damagedTensors();
        heads.damagedMetadata();
        heads.authorsNames();
        heads.moreThanTheAuthors();
        heads.otherFiles();
        return heads.files;
    }

    private void damagedTensors() {
        ours("missing-tensor", tensors -> tensors.remove("linear.bias"), "tensor linear.bias [3] is missing");
        ours(
                "misshaped-tensor",
                tensors -> tensors.put("projection.weight", floats("projection.weight", 3, 4)),
                "tensor projection.weight should have the shape [4, 3], but has [3, 4]");
        ours(
                "nan-weight",
                tensors -> tensors.put("linear.bias", TensorData.of("linear.bias", new float[] {0, Float.NaN, 0}, 3)),
                "tensor linear.bias holds NaN at place 1; its training went astray, or the file is damaged");
        ours(
                "infinite-weight",
                tensors -> tensors.put(
                        "linear.bias", TensorData.of("linear.bias", new float[] {0, 0, Float.NEGATIVE_INFINITY}, 3)),
                "tensor linear.bias holds -Infinity at place 2; its training went astray, or the file is damaged");
        ours(
                "integer-weight",
                tensors -> tensors.put("linear.bias", TensorData.of("linear.bias", new long[3], 3)),
                "tensor linear.bias should hold floating-point numbers, but holds " + DataType.I64);
        ours(
                "unexpected-tensor",
                tensors -> tensors.put("latent_linear.0.1.weight", floats("latent_linear.0.1.weight", 3, 3)),
                "its metadata does not account for the tensor latent_linear.0.1.weight");
    }

    private void damagedMetadata() {
        metadata(
                "newer-format",
                "format_version",
                "2",
                "format_version is 2, but this clap4j reads up to 1; use a newer one");
        metadata("no-latent-dim", "latent_dim", null, "latent_dim is missing");
        metadata("zero-dim", "in_dim", "0", "in_dim is \"0\", but should be an integer from 1 to 10000000");
        metadata(
                "layers-without-end",
                "repeat",
                "2147483647",
                "repeat is \"2147483647\", but should be an integer from 0 to 1000");
        metadata(
                "no-version", "format_version", "0", "format_version is \"0\", but should be an integer of at least 1");
        metadata(
                "hyperparameters-null",
                "hyperparameters",
                "null",
                "hyperparameters is null, but should be an object of texts");
        metadata(
                "hyperparameter-null",
                "hyperparameters",
                "{\"tau\": null}",
                "hyperparameters gives tau the value null, but should have a text or a number there");
        metadata(
                "hyperparameter-of-many",
                "hyperparameters",
                "{\"tau\": [1]}",
                "hyperparameters gives tau the value [1], but should have a text or a number there");
        metadata("versions-list", "versions", "[]", "versions is [], but should be an object of texts");
        metadata("classes-null", "classes", "null", "classes is null, but should be a list of names");
        metadata(
                "class-null", "classes", "[\"dog\", null]", "classes is [\"dog\",null], but should be a list of names");
        metadata(
                "classes-nested",
                "classes",
                "[".repeat(5_000),
                "classes is not the JSON it should be: " + "[".repeat(100) + "…");
        metadata(
                "unknown-activation", "activation", "tanh", "activation is \"tanh\", but should be silu or leaky_relu");
        metadata("alpha-not-a-number", "alpha", "strong", "alpha is \"strong\", but should be a number");
        metadata("alpha-nan", "alpha", "NaN", "alpha is \"NaN\", but should be a number");
        metadata("classes-not-json", "classes", "dog, cat", "classes is not the JSON it should be: dog, cat");
        metadata("seed-not-a-number", "seed", "lucky", "seed is \"lucky\", but should be an integer");
    }

    private void authorsNames() {
        plain(
                "only-trained-on-images",
                "it has no network trained on text, but one trained on images; ask for that one",
                floats("network_psi.linear.weight", 3, 4));
        plain(
                "no-projection",
                "it has no tensor network_beta.projection.weight; a head is a file that clap4j wrote, "
                        + "or one with the authors' names",
                floats("network_beta.linear.weight", 3, 4));
        plain(
                "weight-not-a-matrix",
                "tensor network_beta.linear.weight should be a matrix, but has the shape [12]",
                floats("network_beta.linear.weight", 12));
        plain(
                "no-bias",
                "tensor network_beta.linear.bias [3] is missing",
                floats("network_beta.linear.weight", 3, 4),
                floats("network_beta.projection.weight", 4, 3));
        plain(
                "latent-dims-disagree",
                "tensor network_beta.projection.weight should have the shape [4, 3], but has [4, 5]",
                floats("network_beta.linear.weight", 3, 4),
                floats("network_beta.linear.bias", 3),
                floats("network_beta.projection.weight", 4, 5));
        plain(
                "clip-checkpoint",
                "it has no tensor network_beta.linear.weight; a head is a file that clap4j wrote, "
                        + "or one with the authors' names",
                floats("visual.conv1.weight", 8, 3, 4, 4));
    }

    /** Layers that the authors' network does not have, and that would be passed over. */
    private void moreThanTheAuthors() {
        plain(
                "normalised",
                "the authors' network has no tensor network_beta.norm.weight",
                floats("network_beta.linear.weight", 3, 4),
                floats("network_beta.linear.bias", 3),
                floats("network_beta.projection.weight", 4, 3),
                floats("network_beta.norm.weight", 4));
    }

    private void otherFiles() throws IOException {
        Path missing = folder.resolve("missing.safetensors");
        files.add(new BadFile("no-file", missing, "There is no file " + missing));
        files.add(new BadFile("folder", folder, folder + " is a folder; a tensor file was expected"));
        Path truncated = folder.resolve("truncated.safetensors");
        Path whole = folder.resolve("whole.safetensors");
        SafetensorsFile.write(whole, metadata(), new ArrayList<>(tensors().values()));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(truncated, Arrays.copyOf(bytes, bytes.length - 4));
        files.add(new BadFile(
                "truncated",
                truncated,
                "Cannot read " + truncated + " as safetensors: tensor projection.weight lies at [60,108], outside the "
                        + "file's 104 bytes of data; it is truncated or damaged"));
    }

    private void ours(String name, Consumer<Map<String, TensorData>> damage, String what) {
        Map<String, TensorData> tensors = tensors();
        damage.accept(tensors);
        ours(name, metadata(), tensors, what);
    }

    private void ours(String name, Map<String, String> text, Map<String, TensorData> tensors, String what) {
        Path path = folder.resolve(name + ".safetensors");
        SafetensorsFile.write(path, text, new ArrayList<>(tensors.values()));
        files.add(new BadFile(name, path, "Cannot use the head " + path + ": " + what));
    }

    private void metadata(String name, String key, String value, String what) {
        Map<String, String> text = metadata();
        if (value == null) {
            text.remove(key);
        } else {
            text.put(key, value);
        }
        ours(name, text, tensors(), "in its metadata, " + what);
    }

    private void plain(String name, String what, TensorData... tensors) {
        Path path = folder.resolve(name + ".safetensors");
        SafetensorsFile.write(path, Map.of(), List.of(tensors));
        files.add(new BadFile(name, path, "Cannot use the head " + path + ": " + what));
    }

    private static Map<String, String> metadata() {
        return HeadMetadata.of(NETWORK, HeadInfo.UNKNOWN);
    }

    private static Map<String, TensorData> tensors() {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        NETWORK.shapes().asMap().forEach((name, shape) -> tensors.put(name, floats(name, shape)));
        return tensors;
    }

    private static TensorData floats(String name, long... shape) {
        long elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return TensorData.of(name, new float[(int) elements], shape);
    }
}
