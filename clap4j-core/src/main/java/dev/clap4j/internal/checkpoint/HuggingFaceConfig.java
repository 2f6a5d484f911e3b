package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTransformer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Reads the {@code config.json} of a Hugging Face {@code CLIPModel}, which may omit defaults. */
final class HuggingFaceConfig {
    /** The end token id in old configurations, which was always wrong; it means the highest id. */
    private static final int LEGACY_EOS = 2;

    private static final double EPSILON = 1e-5;
    private static final int EMBED_DIM = 512;

    private HuggingFaceConfig() {}

    static ModelConfig read(Path path) {
        ConfigSection root = ConfigSection.read(path);
        String type = root.text("model_type", "clip");
        if (!type.equals("clip")) {
            throw new ClapException(path + " describes a model of type \"" + type + "\"; only \"clip\" is supported");
        }
        int embedDim = root.extent("projection_dim", EMBED_DIM);
        ConfigSection text = part(root, "text_config");
        ConfigSection vision = part(root, "vision_config");
        ClipArchitecture architecture = new ClipArchitecture(vision(vision, embedDim), text(text, embedDim));
        ModelConfig config = new ModelConfig(architecture, endOfText(text), path.toString());
        requireNothingElse(root, "clip", HuggingFaceKeys.MODEL);
        requireNothingElse(text, "clip_text_model", HuggingFaceKeys.TEXT);
        requireNothingElse(vision, "clip_vision_model", HuggingFaceKeys.VISION);
        return config;
    }

    private static void requireNothingElse(ConfigSection section, String modelType, Set<String> harmless) {
        section.require(HuggingFaceKeys.NEUTRAL);
        section.require(Map.of("model_type", "\"" + modelType + "\""));
        section.requireNothingElse(harmless);
    }

    /** Returns a section; in configurations of 2021 and 2022 it may have another name, which takes precedence. */
    private static ConfigSection part(ConfigSection root, String name) {
        ConfigSection part = root.section(name);
        return root.has(name + "_dict") ? root.section(name + "_dict") : part;
    }

    private static TextTransformer text(ConfigSection text, int embedDim) {
        int width = text.extent("hidden_size", 512);
        return new TextTransformer(
                text.extent("max_position_embeddings", 77),
                text.extent("vocab_size", 49408),
                width,
                Limits.layers(text, "num_hidden_layers", 12),
                Limits.heads(text, "num_attention_heads", 8, width),
                text.extent("intermediate_size", 2048),
                embedDim,
                activation(text),
                (float) text.number("layer_norm_eps", EPSILON));
    }

    private static VisionTransformer vision(ConfigSection vision, int embedDim) {
        int width = vision.extent("hidden_size", 768);
        int patchSize = vision.side("patch_size", 32);
        if (vision.extent("num_channels", 3) != 3) {
            throw vision.unexpected("num_channels", "3");
        }
        return new VisionTransformer(
                Limits.imageSize(vision, 224, patchSize),
                patchSize,
                width,
                Limits.layers(vision, "num_hidden_layers", 12),
                Limits.heads(vision, "num_attention_heads", 12, width),
                vision.extent("intermediate_size", 3072),
                embedDim,
                activation(vision),
                (float) vision.number("layer_norm_eps", EPSILON));
    }

    private static Activation activation(ConfigSection section) {
        return switch (section.text("hidden_act", "quick_gelu")) {
            case "quick_gelu" -> Activation.QUICK_GELU;
            case "gelu" -> Activation.GELU;
            default -> throw section.unexpected("hidden_act", "\"quick_gelu\" or \"gelu\"");
        };
    }

    private static EndOfText endOfText(ConfigSection text) {
        int id = text.extent("eos_token_id", 49407);
        return id == LEGACY_EOS ? EndOfText.atHighestId() : EndOfText.atFirst(id);
    }
}
