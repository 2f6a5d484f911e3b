package dev.clap4j.internal.diffusion.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * A latent diffusion model: what reads prompts, what removes noise, and what maps latents to pixels and back.
 *
 * <p>Each part is loaded on first use and owns native memory until it is unloaded or the model is closed. Thread-safe.
 */
public interface DiffusionModel extends AutoCloseable {
    /** Returns the kind of the pipeline that the model was published for. */
    PipelineKind kind();

    /** Returns the folder of the model. */
    Path folder();

    /** Returns the content of the scheduler's configuration, an object with {@code _class_name}. */
    JsonNode schedulerConfig();

    /** Returns the file of the scheduler's configuration, for error messages. */
    Path schedulerConfigFile();

    /**
     * Returns whether a negative prompt that is not given has states of zeros instead of those of the empty text
     * ({@code force_zeros_for_empty_prompt}).
     */
    boolean zerosWithoutNegativePrompt();

    /** Returns the tokenizers and text encoders. */
    Prompts prompts();

    /** Returns the network that predicts noise. */
    Denoiser denoiser();

    /** Returns the autoencoder of pictures. */
    Autoencoder autoencoder();

    /** Closes the model and its parts; their memory is freed when the last call in flight has ended. */
    @Override
    void close();
}
