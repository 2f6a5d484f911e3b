package dev.clap4j.io;

import java.nio.file.Path;
import java.util.Map;

/** A file (or a set of shards) of named tensors, memory-mapped: tensors stay valid as long as they are referenced. */
public interface TensorFile extends TensorSource {
    /** Where it lies, for error messages. */
    Path path();

    /** Free-form text that the file carries beside the tensors; empty if none. */
    Map<String, String> metadata();
}
