package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Checkpoints that are wrong in every way that was thought of, each with the message that it owes its user. */
public final class BadCheckpoints {
    /** Stands for the case's own folder in messages. */
    private static final String FOLDER = "{}";

    private final Path root;
    private final List<BadFile> files = new ArrayList<>();

    private BadCheckpoints(Path root) {
        this.root = root;
    }

    /**
     * A checkpoint that cannot be opened or verified.
     *
     * @param name what is wrong with it
     * @param path what the user gives as the checkpoint
     * @param message the whole message of the error
     */
    public record BadFile(String name, Path path, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Writes all of them below a folder. */
    public static List<BadFile> all(Path folder) {
        BadCheckpoints bad = new BadCheckpoints(folder);
        BadFolders.addTo(bad);
        BadSafetensors.addTo(bad);
        BadWeights.addTo(bad);
        BadConfigurations.addTo(bad);
        BadFamilies.addTo(bad);
        BadArchives.addTo(bad);
        BadPickles.addTo(bad);
        return List.copyOf(bad.files);
    }

    /** Makes something in a folder of its own, and returns what is to be given as the checkpoint. */
    interface Maker {
        Path make(Path folder) throws IOException;
    }

    /** Adds a case; {@code {}} in the message stands for the case's folder. */
    void add(String name, Maker maker, String message) {
        try {
            Path folder = Files.createDirectories(root.resolve(name.replaceAll("\\W+", "-")));
            Path path = maker.make(folder);
            files.add(new BadFile(name, path, message.replace(FOLDER, folder.toString())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A file of that content. */
    static Maker file(String name, String content) {
        return folder -> Files.writeString(folder.resolve(name), content);
    }

    /** A safetensors file of the small checkpoint's tensors, some of them changed; null takes one away. */
    static Maker changed(UnaryOperator<TensorData> change) {
        return folder -> {
            List<TensorData> tensors = new ArrayList<>();
            for (TensorData tensor : SmallCheckpoint.tensors()) {
                TensorData other = change.apply(tensor);
                if (other != null) {
                    tensors.add(other);
                }
            }
            return write(folder.resolve("model.safetensors"), tensors);
        };
    }

    /** One tensor of the small checkpoint replaced. */
    static Maker replaced(String name, Function<TensorData, TensorData> change) {
        return changed(tensor -> tensor.name().equals(name) ? change.apply(tensor) : tensor);
    }

    static Path write(Path path, List<TensorData> tensors) {
        SafetensorsFile.write(path, Map.of(), tensors);
        return path;
    }
}
