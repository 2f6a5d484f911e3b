package dev.clap4j.internal.diffusion.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** The parts of a pipeline from one folder. */
record LoadedPipeline(
        ModelIndex index,
        Path folder,
        JsonNode schedulerConfig,
        Path schedulerConfigFile,
        Prompts prompts,
        Denoiser denoiser,
        Autoencoder autoencoder)
        implements DiffusionModel {
    @Override
    public PipelineKind kind() {
        return index.kind();
    }

    @Override
    public boolean zerosWithoutNegativePrompt() {
        return index.zerosWithoutNegativePrompt();
    }

    @Override
    public void close() {
        prompts.close();
        denoiser.close();
        autoencoder.close();
    }
}
