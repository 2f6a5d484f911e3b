package dev.clap4j.internal.diffusion.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.internal.diffusion.model.ExportedFolder.Style;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OnnxValue;
import dev.clap4j.internal.onnx.OnnxWriter;
import dev.clap4j.internal.onnx.OrtEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines of ONNX files with something wrong are refused with these messages. */
class BadGraphFoldersTests {
    private static final List<Input> UNET = List.of(
            new Input("sample", DataType.F32, -1, 4, -1, -1),
            new Input("timestep", DataType.I64, 1),
            new Input("encoder_hidden_states", DataType.F32, -1, -1, 16));

    @TempDir
    private Path temporary;

    private ChangedFolder folder;

    @BeforeEach
    void export() {
        Path original = TinyPipeline.write(temporary.resolve("original")).path();
        folder = new ExportedFolder(original, Style.diffusers())
                .write(temporary.resolve("graphs"), "OnnxStableDiffusionPipeline");
    }

    private Path file(String part) {
        return folder.path().resolve(part).resolve("model.onnx");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> PipelineFolder.open(folder.path(), OrtEngine.create()))
                .isInstanceOf(ClapException.class)
                .hasMessage(message);
    }

    /** Writes a part that gives its first input again. */
    private void write(String part, List<String> outputs, Input... inputs) {
        OnnxWriter writer = new OnnxWriter();
        List<OnnxValue> values = Arrays.stream(inputs).map(writer::input).toList();
        outputs.forEach(name -> writer.output(name, inputs[0].type(), values.get(0)));
        writer.write(file(part), true);
    }

    private static Input[] unetBut(int index, Input... others) {
        List<Input> inputs = new ArrayList<>(UNET);
        inputs.remove(index);
        inputs.addAll(List.of(others));
        return inputs.toArray(Input[]::new);
    }

    @Test
    void missingFilesAndFolders() {
        folder.without("vae_decoder/model.onnx");
        assertRefused("There is no file " + file("vae_decoder"));
        folder.without("unet/model.onnx");
        assertRefused("There is no file " + file("unet"));
        folder.without("text_encoder/model.onnx");
        assertRefused("There is no file " + file("text_encoder"));
    }

    @Test
    void aFileThatIsNotOnnx() {
        folder.with("unet/model.onnx", "<html>404</html>");
        assertThatThrownBy(() -> PipelineFolder.open(folder.path(), OrtEngine.create()))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Cannot read " + file("unet") + ": it is not an ONNX file: ");
    }

    @Test
    void weightsOutsideOfTheFolder() {
        OnnxWriter.relocate(file("unet"), Map.of("location", "../vae_decoder/model.onnx.data"));
        assertRefused(
                file("unet") + " has weights in \"../vae_decoder/model.onnx.data\"; weights are read from the file"
                        + " itself or from one beside it only");
        folder.without("text_encoder/model.onnx.data");
        assertRefused("There is no file " + file("text_encoder") + ".data");
    }

    @Test
    void inputsOfOtherNamesAndTypes() {
        write("unet", List.of("out_sample"), unetBut(1));
        assertRefused(file("unet") + " lacks the input timestep; its inputs are sample, encoder_hidden_states");
        write("unet", List.of("out_sample"), unetBut(1, new Input("t", DataType.I64, 1)));
        assertRefused(
                file("unet") + " takes an input t, which is not supported; expected encoder_hidden_states, sample,"
                        + " text_embeds, time_ids, timestep, timestep_cond");
        write("unet", List.of("out_sample"), unetBut(1, new Input("timestep", DataType.U8, 1)));
        assertRefused(file("unet")
                + ": its input timestep U8[1] is not supported; expected a number, or one for each sample");
        write("unet", List.of("out_sample"), unetBut(2, new Input("encoder_hidden_states", DataType.I64, -1, 77, 16)));
        assertRefused(
                file("unet") + ": its input encoder_hidden_states I64[?, 77, 16] is not supported; expected floats"
                        + " of 3 dimensions");
        write("unet", List.of("a", "b"), unetBut(2, UNET.get(2)));
        assertRefused(file("unet") + " lacks the output out_sample; its outputs are a, b");
        write("text_encoder", List.of("last_hidden_state"), new Input("input_ids", DataType.F32, -1, 77));
        assertRefused(file("text_encoder")
                + ": its input input_ids F32[?, 77] is not supported; expected integers of 2 dimensions");
        write("text_encoder", List.of("last_hidden_state"), new Input("tokens", DataType.I64, -1, 77));
        assertRefused(file("text_encoder") + " takes an input tokens, which is not supported; expected input_ids");
    }

    @Test
    void conditionsOfAnotherPipeline() {
        folder.set("model_index.json", "/_class_name", "\"ORTLatentConsistencyModelPipeline\"");
        assertRefused(file("unet")
                + " lacks the input timestep_cond; its inputs are sample, encoder_hidden_states, timestep");
        folder.set("model_index.json", "/_class_name", "\"OnnxFluxPipeline\"");
        assertRefused(folder.path().resolve("model_index.json")
                + " asks for a pipeline of the class FluxPipeline; supported are StableDiffusionPipeline,"
                + " StableDiffusionXLPipeline, LatentConsistencyModelPipeline");
    }

    @Test
    void autoencodersOfOtherLatents() {
        write("vae_decoder", List.of("sample"), new Input("latent_sample", DataType.F32, -1, 16, -1, -1));
        assertRefused(file("vae_decoder")
                + ": its input latent_sample F32[?, 16, ?, ?] is not supported; expected 4 channels as the UNet has");
    }

    @Test
    void networksThatGiveSomethingElse() {
        write("vae_decoder", List.of("sample"), new Input("latent_sample", DataType.F32, -1, 4, -1, -1));
        TensorData latents = TensorData.of("z", new float[4 * 4], 1, 4, 2, 2);
        try (DiffusionModel model = PipelineFolder.open(folder.path(), OrtEngine.create())) {
            assertThatThrownBy(() -> model.autoencoder().decode(latents))
                    .isInstanceOf(ClapException.class)
                    .hasMessage(file("vae_decoder") + " gives sample of the shape [1, 4, 2, 2]; expected [1, 3, 4, 4]");
        }
    }

    @Test
    void exportsForFixedSizesSayWhichTheyTake() {
        write("vae_decoder", List.of("sample"), new Input("latent_sample", DataType.F32, 1, 4, 8, 8));
        TensorData latents = TensorData.of("z", new float[4 * 4], 1, 4, 2, 2);
        try (DiffusionModel model = PipelineFolder.open(folder.path(), OrtEngine.create())) {
            assertThatThrownBy(() -> model.autoencoder().decode(latents))
                    .isInstanceOf(ClapException.class)
                    .hasMessage(file("vae_decoder") + " takes latent_sample F32[1, 4, 8, 8], but this would need"
                            + " [1, 4, 2, 2]; it was exported for fixed sizes");
        }
    }

    @Test
    void encodersThatDrawTheirOwnNoiseAreRefusedWhenTheyAreNeeded() {
        TensorData pixels = TensorData.of("pixels", new float[3 * 16], 1, 3, 4, 4);
        try (DiffusionModel model = PipelineFolder.open(folder.path(), OrtEngine.create())) {
            assertThatThrownBy(() -> model.autoencoder().encode(pixels))
                    .isInstanceOf(ClapException.class)
                    .hasMessage(
                            file("vae_encoder") + " draws random numbers of its own, so the same seed would not give"
                                    + " the same picture; export it without them");
        }
    }

    @Test
    void layersThatAreNotGivenCannotBeSkipped() {
        try (DiffusionModel model = PipelineFolder.open(folder.path(), OrtEngine.create())) {
            assertThatThrownBy(() -> model.prompts().encode(List.of(Prompt.of("a dog")), 1))
                    .isInstanceOf(ClapException.class)
                    .hasMessage(file("text_encoder") + " gives the states after its last layer only, so no layer can be"
                            + " skipped; use the model with weights in safetensors instead");
        }
    }

    @Test
    void largePipelinesNeedTheStatesOfAllLayers() {
        Path large = TinyPipeline.writeLarge(temporary.resolve("large")).path();
        folder = new ExportedFolder(large, Style.diffusers())
                .write(temporary.resolve("large-graphs"), "ORTStableDiffusionXLPipeline");
        assertRefused(
                file("text_encoder") + " lacks the outputs hidden_states.1, hidden_states.2, …, of which Stable"
                        + " Diffusion XL takes the last but one; export it with the states of all layers (output_hidden_states)");
    }

    @Test
    void operatorsThatTheRuntimeDoesNotKnow() {
        OnnxWriter.renameOperator(file("text_encoder"), "Gather", "Fetch");
        try (DiffusionModel model = PipelineFolder.open(folder.path(), OrtEngine.create())) {
            assertThatThrownBy(() -> model.prompts().encode(List.of(Prompt.of("a dog")), 0))
                    .isInstanceOf(ClapException.class)
                    .hasMessageStartingWith("ONNX Runtime cannot load " + file("text_encoder") + ": ")
                    .hasMessageContaining("Fetch");
        }
    }
}
