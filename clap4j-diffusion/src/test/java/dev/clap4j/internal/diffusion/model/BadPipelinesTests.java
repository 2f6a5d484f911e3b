package dev.clap4j.internal.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.BadFile;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OrtEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Bad folders are refused with these messages; good ones beside them are not. */
class BadPipelinesTests {
    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> eachIsRefusedInItsOwnWords() {
        List<BadFile> pipelines = BadPipelines.all(temporary);
        assertThat(pipelines).extracting(BadFile::name).doesNotHaveDuplicates().hasSizeGreaterThan(100);
        return pipelines.stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> assertThatThrownBy(() -> use(bad.path()))
                        .isInstanceOf(ClapException.class)
                        .hasMessage(bad.message())));
    }

    /** Opens a pipeline, and runs each of its parts once. */
    private static void use(Path folder) {
        try (DiffusionModel model = PipelineFolder.open(folder, OrtEngine.create())) {
            TextStates states = model.prompts().encode(List.of(Prompt.of("a dog")), 0);
            int channels = model.denoiser().channels();
            TensorData latents = TensorData.of("latents", new float[channels * 16], 1, channels, 4, 4);
            TensorData sizes = model.denoiser().timeIds() == 0 ? null : TensorData.of("sizes", new float[6], 1, 6);
            model.denoiser()
                    .predict(latents, new float[] {1}, new Condition(states.hidden(), states.pooled(), sizes, null));
            model.autoencoder().encode(model.autoencoder().decode(latents));
        }
    }

    @Test
    void thePipelinesTheyAreMadeFromAreSound() {
        use(TinyPipeline.write(temporary.resolve("small")).path());
        use(TinyPipeline.writeLarge(temporary.resolve("large")).path());
    }

    @Test
    void aFileOrNothingIsNoPipeline() {
        Path file = TinyPipeline.write(temporary.resolve("pipeline")).path().resolve("model_index.json");
        assertThatThrownBy(() -> use(file))
                .isInstanceOf(ClapException.class)
                .hasMessage(file
                        + " is a file; a diffusion model is a folder with model_index.json, as diffusers saves it");
        Path none = temporary.resolve("none");
        assertThatThrownBy(() -> use(none))
                .isInstanceOf(ClapException.class)
                .hasMessage(none + ": there is no such folder");
    }
}
