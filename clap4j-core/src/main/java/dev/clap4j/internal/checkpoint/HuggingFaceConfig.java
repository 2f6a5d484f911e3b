package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.ImageTokens;
import dev.clap4j.internal.nn.LinearPatches;
import dev.clap4j.internal.nn.Pooling;
import dev.clap4j.internal.nn.Projection;
import dev.clap4j.internal.nn.RotaryEmbedding;
import dev.clap4j.internal.nn.TokenPooling;
import dev.clap4j.internal.nn.TransformerBlock;
import dev.clap4j.internal.nn.VisionTransformer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the {@code config.json} of a CLIP-like model of Hugging Face's Transformers, which may omit defaults. */
final class HuggingFaceConfig {
    private static final double EPSILON = 1e-5;
    private static final double SIGLIP_EPSILON = 1e-6;
    private static final String VARIABLE_RESOLUTION = "siglip2";
    private static final List<String> TYPES = List.of("clip", "metaclip_2", "siglip", "chinese_clip", "altclip");

    private HuggingFaceConfig() {}

    static ModelConfig read(Path path) {
        return read(ConfigSection.read(path));
    }

    static ModelConfig read(ConfigSection root) {
        String type = root.text("model_type", "clip");
        if (type.equals(VARIABLE_RESOLUTION)) {
            throw new ClapException(
                    root.path() + " describes a SigLIP 2 model of variable resolution (NaFlex), which is"
                            + " not supported; its siblings of a fixed resolution, such as google/siglip2-base-patch16-224, are");
        }
        if (!TYPES.contains(type)) {
            throw new ClapException(root.path() + " describes a model of type \"" + type + "\"; supported are "
                    + String.join(", ", TYPES));
        }
        ConfigSection text = part(root, "text_config");
        ConfigSection vision = part(root, "vision_config");
        ModelConfig config = type.equals("siglip") ? siglip(text, vision) : clip(type, root, text, vision);
        requireNothingElse(root, type, HuggingFaceKeys.MODEL);
        requireNothingElse(text, type + "_text_model", HuggingFaceKeys.TEXT);
        requireNothingElse(vision, type + "_vision_model", HuggingFaceKeys.VISION);
        return Limits.requireAddressable(config);
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

    private static ModelConfig clip(String type, ConfigSection root, ConfigSection text, ConfigSection vision) {
        int embedDim = root.extent("projection_dim", type.equals("altclip") ? 768 : 512);
        ClipArchitecture architecture =
                new ClipArchitecture(clipVision(vision, embedDim), HuggingFaceTexts.clip(type, text, embedDim));
        return new ModelConfig(
                architecture,
                HuggingFaceTexts.endOfText(type, text),
                root.path().toString());
    }

    private static VisionTransformer clipVision(ConfigSection vision, int embedDim) {
        int width = vision.extent("hidden_size", 768);
        int patchSize = vision.side("patch_size", 32);
        requireColours(vision);
        return new VisionTransformer(
                Limits.imageSize(vision, 224, patchSize),
                patchSize,
                width,
                Limits.layers(vision, "num_hidden_layers", 12),
                Limits.heads(vision, "num_attention_heads", 12, width),
                vision.extent("intermediate_size", 3072),
                embedDim,
                activation(vision, "quick_gelu"),
                (float) vision.number("layer_norm_eps", EPSILON));
    }

    private static ModelConfig siglip(ConfigSection text, ConfigSection vision) {
        VisionTransformer images = siglipVision(vision);
        int embedDim = text.extent("projection_size", text.extent("hidden_size", 768));
        if (embedDim != images.embedDim()) {
            throw text.unexpected(
                    text.has("projection_size") ? "projection_size" : "hidden_size",
                    images.embedDim() + ", the width of its images");
        }
        ClipArchitecture architecture = new ClipArchitecture(images, HuggingFaceTexts.siglip(text, embedDim), true);
        return new ModelConfig(
                architecture,
                EndOfText.beforePadding(architecture.text().padding().id()),
                text.path().toString());
    }

    private static VisionTransformer siglipVision(ConfigSection vision) {
        int width = vision.extent("hidden_size", 768);
        int patchSize = vision.side("patch_size", 16);
        int heads = Limits.heads(vision, "num_attention_heads", 12, width);
        int mlpWidth = vision.extent("intermediate_size", 3072);
        requireColours(vision);
        vision.require(Map.of("vision_use_head", "true"));
        return new VisionTransformer(
                new ImageTokens(
                        Limits.wholePatches(vision, 224, patchSize),
                        new LinearPatches(patchSize, true),
                        ImageTokens.ClassToken.NONE,
                        false),
                RotaryEmbedding.NONE,
                new TransformerBlock(
                        width,
                        heads,
                        mlpWidth,
                        activation(vision, "gelu_pytorch_tanh"),
                        (float) vision.number("layer_norm_eps", SIGLIP_EPSILON),
                        false),
                Limits.layers(vision, "num_hidden_layers", 12),
                new TokenPooling(Pooling.PROBE, heads, 0, mlpWidth, Projection.NONE, width));
    }

    private static void requireColours(ConfigSection vision) {
        if (vision.extent("num_channels", 3) != 3) {
            throw vision.unexpected("num_channels", "3");
        }
    }

    static Activation activation(ConfigSection section, String byDefault) {
        return switch (section.text("hidden_act", byDefault)) {
            case "quick_gelu" -> Activation.QUICK_GELU;
            case "gelu" -> Activation.GELU;
            case "gelu_pytorch_tanh" -> Activation.GELU_TANH;
            default -> throw section.unexpected("hidden_act", "\"quick_gelu\", \"gelu\" or \"gelu_pytorch_tanh\"");
        };
    }
}
