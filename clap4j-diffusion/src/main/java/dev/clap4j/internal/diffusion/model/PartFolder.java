package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.PipelineFiles;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of one part of a pipeline.
 *
 * @param path the folder
 */
record PartFolder(Path path) {
    /**
     * Returns the folder of a part.
     *
     * @throws ClapException if there is none
     */
    static PartFolder of(Path pipeline, String part) {
        Path path = pipeline.resolve(part);
        if (!Files.isDirectory(path)) {
            throw new ClapException(
                    "The pipeline in " + pipeline + " lacks its part " + part + ": there is no folder " + path);
        }
        return new PartFolder(path);
    }

    /** Returns the configuration. */
    Path config() {
        return path.resolve("config.json");
    }

    /**
     * Returns the file of the weights, or the index of their shards.
     *
     * @throws ClapException if there is none
     */
    Path weights() {
        return PipelineFiles.weights(name -> Files.exists(path.resolve(name)))
                .map(path::resolve)
                .orElseThrow(() -> new ClapException("The folder " + path
                        + " has no weights: expected diffusion_pytorch_model.safetensors or model.safetensors, whole or"
                        + " in shards, also with .fp16 before the ending"));
    }
}
