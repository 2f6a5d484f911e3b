package dev.clap4j.internal.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A file (or a set of shards) of named tensors, memory-mapped: tensors stay valid as long as they are referenced. */
public interface TensorFile extends TensorSource {
    /** Where it lies, for error messages. */
    Path path();

    /** All files that hold its tensors; several if it is in shards. */
    default List<Path> files() {
        return List.of(path());
    }

    /** Free-form text that the file carries beside the tensors; empty if none. */
    Map<String, String> metadata();

    /**
     * Type and shape of a tensor, without its values.
     *
     * @throws dev.clap4j.ClapException if there is none of that name
     */
    TensorInfo info(String name);

    /** Values that stand where tensors could, but that only Python could make: their types, by name. */
    default Map<String, String> unreadable() {
        return Map.of();
    }

    /**
     * Opens a tensor file of any kind that is known, whatever its name: safetensors, PyTorch's (a state dict, a training
     * checkpoint or TorchScript), or the {@code .index.json} of a file in shards.
     *
     * @throws dev.clap4j.ClapException if there is no such file, or it is of another kind, or damaged; the message says
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
