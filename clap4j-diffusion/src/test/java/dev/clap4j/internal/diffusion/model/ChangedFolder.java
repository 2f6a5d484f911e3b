package dev.clap4j.internal.diffusion.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A copy of a pipeline's folder to be changed. */
record ChangedFolder(Path path) {
    static final String NETWORK = "diffusion_pytorch_model.safetensors";
    static final String TEXT = "model.safetensors";

    /** Copies a folder. */
    static ChangedFolder of(Path original, Path copy) {
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.sorted().toList()) {
                Files.copy(file, copy.resolve(original.relativize(file).toString()));
            }
            return new ChangedFolder(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tensors of a file. */
    List<TensorData> tensors(String file) {
        SafetensorsFile tensors = SafetensorsFile.open(path.resolve(file));
        return tensors.names().stream().map(tensors::get).toList();
    }

    /** Replaces a file of tensors, and names the new one so. */
    ChangedFolder withTensors(String file, String name, List<TensorData> tensors) {
        try {
            // Copied, since the file that they are views of goes.
            List<TensorData> own = new ArrayList<>();
            for (TensorData tensor : tensors) {
                own.add(new TensorData(
                        tensor.name(),
                        tensor.type(),
                        tensor.shape(),
                        TensorData.allocate(tensor.bytes().remaining())
                                .put(tensor.bytes())
                                .flip()));
            }
            Files.delete(path.resolve(file));
            SafetensorsFile.write(path.resolve(name), Map.of(), own);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes all tensors of a file. */
    ChangedFolder map(String file, UnaryOperator<TensorData> change) {
        return withTensors(file, file, tensors(file).stream().map(change).toList());
    }

    /** Renames all tensors of a file. */
    ChangedFolder rename(String file, UnaryOperator<String> change) {
        return map(file, tensor -> tensor.named(change.apply(tensor.name())));
    }

    /** Writes a text file. */
    ChangedFolder with(String file, String content) {
        try {
            Files.writeString(path.resolve(file), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChangedFolder without(String file) {
        try {
            Files.delete(path.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the weights of a denoiser by random ones for its configuration. */
    ChangedFolder withNetwork(String part) {
        TinyPipeline.write(
                path.resolve(part + "/" + NETWORK),
                UNetConfig.read(path.resolve(part + "/config.json")).network().shapes());
        return this;
    }

    /** Sets a value of a JSON file; null as text removes it. */
    ChangedFolder set(String file, String pointer, String value) {
        try {
            JsonMapper json = new JsonMapper();
            ObjectNode root = (ObjectNode) json.readTree(path.resolve(file).toFile());
            int last = pointer.lastIndexOf('/');
            root.withObject(pointer.substring(0, last)).set(pointer.substring(last + 1), json.readTree(value));
            return with(file, root.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
