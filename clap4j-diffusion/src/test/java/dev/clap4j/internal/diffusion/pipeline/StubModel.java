package dev.clap4j.internal.diffusion.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clap4j.internal.diffusion.model.Autoencoder;
import dev.clap4j.internal.diffusion.model.Condition;
import dev.clap4j.internal.diffusion.model.Denoiser;
import dev.clap4j.internal.diffusion.model.DiffusionModel;
import dev.clap4j.internal.diffusion.model.Moments;
import dev.clap4j.internal.diffusion.model.PipelineKind;
import dev.clap4j.internal.diffusion.model.Prompt;
import dev.clap4j.internal.diffusion.model.Prompts;
import dev.clap4j.internal.diffusion.model.TextStates;
import dev.clap4j.internal.io.TensorData;
import java.nio.file.Path;
import java.util.List;

/** A model without networks; tests override what they ask for. */
class StubModel implements DiffusionModel, Prompts, Denoiser, Autoencoder {
    @Override
    public PipelineKind kind() {
        return PipelineKind.STABLE_DIFFUSION;
    }

    @Override
    public Path folder() {
        return Path.of("model");
    }

    @Override
    public JsonNode schedulerConfig() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Path schedulerConfigFile() {
        return Path.of("scheduler_config.json");
    }

    @Override
    public boolean zerosWithoutNegativePrompt() {
        return false;
    }

    @Override
    public Prompts prompts() {
        return this;
    }

    @Override
    public Denoiser denoiser() {
        return this;
    }

    @Override
    public Autoencoder autoencoder() {
        return this;
    }

    @Override
    public TextStates encode(List<Prompt> prompts, int clipSkip) {
        TensorData state = TensorData.of("state", new float[] {1}, 1, 1, 1);
        return new TextStates(state, timeIds() == 0 ? null : state.reshape(1, 1));
    }

    @Override
    public boolean isCut(Prompt prompt) {
        return false;
    }

    @Override
    public TensorData predict(TensorData sample, float[] timesteps, Condition condition) {
        return sample;
    }

    @Override
    public int channels() {
        return 4;
    }

    @Override
    public int sampleSize() {
        return 8;
    }

    @Override
    public int guidanceDim() {
        return 0;
    }

    @Override
    public int timeIds() {
        return 0;
    }

    @Override
    public TensorData decode(TensorData latents) {
        long[] shape = latents.shape();
        long height = shape[2] * factor();
        long width = shape[3] * factor();
        return TensorData.of("pixels", new float[(int) (3 * height * width)], 1, 3, height, width);
    }

    @Override
    public Moments encode(TensorData pixels) {
        throw new AssertionError("There is no picture");
    }

    @Override
    public float scalingFactor() {
        return 1;
    }

    @Override
    public int factor() {
        return 8;
    }

    @Override
    public void unload() {}

    @Override
    public void close() {}
}
