package dev.clap4j.internal.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A file (or a set of shards) of named tensors, memory-mapped: tensors stay valid as long as they are referenced. */
public interface TensorFile extends TensorSource {
    /** Returns the path, for error messages. */
    Path path();

    /** Returns all files that hold the tensors; several for a sharded file. */
    default List<Path> files() {
        return List.of(path());
    }

    /** Returns the free-form text stored with the tensors; empty if none. */
    Map<String, String> metadata();

    /**
     * Returns type and shape of a tensor without reading its values.
     *
     * @throws dev.clap4j.ClapException if there is no tensor of that name
     */
    TensorInfo info(String name);

    /** Returns values in place of tensors that only Python could make: their types, by name. */
    default Map<String, String> unreadable() {
        return Map.of();
    }

    /**
     * Opens a tensor file of any supported kind, whatever its name: safetensors, PyTorch (a state dict, a training
     * checkpoint or TorchScript), or the {@code .index.json} of a sharded file.
     *
     * @throws dev.clap4j.ClapException if the file does not exist, is of another kind, or is damaged; the message says
     *     what was found instead
     */
    static TensorFile open(Path path) {
        return switch (FileKind.of(path)) {
            case SAFETENSORS -> SafetensorsFile.open(path);
            case PYTORCH_ZIP, PYTORCH_LEGACY -> TorchFile.open(path);
            case SHARD_INDEX -> ShardedFile.open(path);
        };
    }
}
