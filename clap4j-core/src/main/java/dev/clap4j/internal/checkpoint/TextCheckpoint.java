package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TextTransformer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * CLIP's text encoder by itself, as Transformers' {@code CLIPTextModel} and {@code CLIPTextModelWithProjection} are
 * saved.
 *
 * @param network its architecture
 * @param endOfText the rule for finding the end of a text
 * @param weights tensors in OpenAI's naming, checked on first use
 */
public record TextCheckpoint(TextTransformer network, EndOfText endOfText, TensorSource weights) {
    private static final String TYPE = "clip_text_model";
    private static final String PREFIX = "text_model.";
    private static final String PROJECTION = "text_projection.weight";

    /**
     * Opens a text encoder.
     *
     * @param config its {@code config.json}
     * @param weights its weights, whose names begin with {@code text_model.} or not
     * @param projected whether it ends with a projection, and one that is stored is not to be ignored
     * @throws ClapException if a file cannot be read, or they contradict each other
     */
    public static TextCheckpoint open(Path config, Path weights, boolean projected) {
        ConfigSection section = ConfigSection.read(config);
        int dim = section.extent("projection_dim", 512);
        TextTransformer clip = HuggingFaceTexts.clip(section, dim);
        TextTransformer network = projected ? clip : clip.withoutProjection();
        EndOfText end = HuggingFaceTexts.endOfText("clip", section);
        section.require(HuggingFaceKeys.NEUTRAL);
        section.require(Map.of("model_type", "\"" + TYPE + "\""));
        section.requireNothingElse(HuggingFaceKeys.TEXT);
        TensorFile file = TensorFile.open(weights);
        boolean prefixed = file.names().stream().anyMatch(name -> name.startsWith(PREFIX));
        return new TextCheckpoint(
                network,
                end,
                CheckpointWeights.of(
                        file,
                        Naming.huggingFaceText(prefixed ? PREFIX : ""),
                        network.shapes(),
                        projected ? Set.of() : Set.of(PROJECTION),
                        config));
    }
}
