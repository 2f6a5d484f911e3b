package dev.clap4j.internal.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The files of a pipeline that diffusers saved: {@code model_index.json}, and a folder for each part. */
public final class PipelineFiles {
    /** The file that names the parts and their classes. */
    public static final String INDEX = "model_index.json";

    /** The folders of the parts that make pictures from texts. */
    public static final List<String> PARTS =
            List.of("scheduler", "text_encoder", "text_encoder_2", "tokenizer", "tokenizer_2", "unet", "vae");

    /** Names of weights in order of preference; a folder that holds several has the same network in all of them. */
    private static final List<String> WEIGHTS = List.of(
            "diffusion_pytorch_model.safetensors",
            "diffusion_pytorch_model.safetensors.index.json",
            "model.safetensors",
            "model.safetensors.index.json",
            "diffusion_pytorch_model.fp16.safetensors",
            "diffusion_pytorch_model.safetensors.index.fp16.json",
            "model.fp16.safetensors",
            "model.safetensors.index.fp16.json",
            "diffusion_pytorch_model.bin",
            "pytorch_model.bin",
            "pytorch_model.bin.index.json",
            "diffusion_pytorch_model.fp16.bin",
            "pytorch_model.fp16.bin");

    private PipelineFiles() {}

    /**
     * Returns the name of the weights, or of the index of their shards, in the folder of a part.
     *
     * @param exists whether the folder has a file of a name
     * @return empty if it has none of the usual names
     */
    public static Optional<String> weights(Predicate<String> exists) {
        return WEIGHTS.stream().filter(exists).findFirst();
    }
}
