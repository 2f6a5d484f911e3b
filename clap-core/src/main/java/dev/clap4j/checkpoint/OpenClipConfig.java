package dev.clap4j.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.nn.Activation;
import dev.clap4j.nn.ClipArchitecture;
import dev.clap4j.nn.ModifiedResNet;
import dev.clap4j.nn.TextTransformer;
import dev.clap4j.nn.VisionTower;
import dev.clap4j.nn.VisionTransformer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads open_clip's {@code open_clip_config.json}. Options that would change what the networks compute, and that CLIP's
 * own networks do not have, are refused by name.
 */
final class OpenClipConfig {
    private static final double EPSILON = 1e-5;

    /** Options of both towers and the values under which the towers are CLIP's. */
    private static final Map<String, String> COMMON = Map.of(
            "ls_init_value", "null",
            "final_ln_after_pool", "false",
            "act_kwargs", "{}",
            "qk_norm", "false",
            "scaled_cosine_attn", "false",
            "scale_heads", "false",
            "scale_attn_inner", "false",
            "scale_attn", "false",
            "scale_fc", "false");

    private static final Map<String, String> VISION = Map.of(
            "timm_model_name", "null",
            "attentional_pool", "false",
            "no_ln_pre", "false",
            "pos_embed_type", "\"learnable\"",
            "pool_type", "\"tok\"");

    private static final Map<String, String> TEXT = Map.of(
            "hf_model_name", "null",
            "embed_cls", "false",
            "no_causal_mask", "false",
            "proj_bias", "false",
            "proj_type", "\"linear\"");

    private OpenClipConfig() {}

    static ModelConfig read(Path path) {
        ConfigSection root = ConfigSection.read(path);
        ConfigSection model = root.has("model_cfg") ? root.section("model_cfg") : root;
        require(model, Map.of("multimodal_cfg", "null"));
        if (!model.has("embed_dim")) {
            throw new ClapException(path + " has no " + model.where() + "embed_dim; it is no model of open_clip");
        }
        int embedDim = model.extent("embed_dim", 0);
        Activation activation = model.flag("quick_gelu") ? Activation.QUICK_GELU : Activation.GELU;
        ConfigSection text = model.section("text_cfg");
        ConfigSection vision = model.section("vision_cfg");
        for (ConfigSection tower : List.of(text, vision)) {
            require(tower, COMMON);
        }
        require(vision, VISION);
        require(text, TEXT);
        ClipArchitecture architecture =
                new ClipArchitecture(vision(vision, embedDim, activation), text(text, embedDim, activation));
        return new ModelConfig(architecture, endOfText(text), path.toString());
    }

    private static void require(ConfigSection section, Map<String, String> expected) {
        expected.forEach((key, value) -> {
            JsonNode found = section.node().path(key);
            if (section.has(key) && !found.toString().equals(value)) {
                throw section.unexpected(key, value + "; other values are not supported");
            }
        });
    }

    private static TextTransformer text(ConfigSection text, int embedDim, Activation activation) {
        int width = text.extent("width", 512);
        return new TextTransformer(
                text.extent("context_length", 77),
                text.extent("vocab_size", 49408),
                width,
                Limits.layers(text, "layers", 12),
                Limits.heads(text, "heads", 8, width),
                (int) (width * text.number("mlp_ratio", 4)),
                embedDim,
                activation,
                epsilon(text));
    }

    private static VisionTower vision(ConfigSection vision, int embedDim, Activation activation) {
        int headWidth = vision.extent("head_width", 64);
        if (vision.node().path("layers").isArray()) {
            int width = vision.extent("width", 64);
            if (width * 32L % headWidth != 0) {
                throw vision.unexpected("width", "32 times it to be a multiple of head_width " + headWidth);
            }
            return new ModifiedResNet(
                    Limits.imageSize(vision, 224, 32), width, blocks(vision), width * 32 / headWidth, embedDim);
        }
        int width = vision.extent("width", 768);
        int patchSize = vision.side("patch_size", 16);
        if (width % headWidth != 0) {
            throw vision.unexpected("width", "a multiple of head_width " + headWidth);
        }
        return new VisionTransformer(
                Limits.imageSize(vision, 224, patchSize),
                patchSize,
                width,
                Limits.layers(vision, "layers", 12),
                width / headWidth,
                (int) (width * vision.number("mlp_ratio", 4)),
                embedDim,
                activation,
                epsilon(vision));
    }

    private static List<Integer> blocks(ConfigSection vision) {
        List<Integer> blocks = new ArrayList<>();
        vision.node().get("layers").forEach(stage -> blocks.add(stage.isInt() ? stage.asInt() : 0));
        if (blocks.size() != 4 || blocks.stream().anyMatch(count -> count < 1 || count > Limits.MAX_LAYERS)) {
            throw vision.unexpected("layers", "four numbers of blocks");
        }
        return blocks;
    }

    private static float epsilon(ConfigSection tower) {
        return (float) tower.section("norm_kwargs").number("eps", EPSILON);
    }

    private static EndOfText endOfText(ConfigSection text) {
        return switch (text.text("pool_type", "argmax")) {
            case "argmax" -> EndOfText.atHighestId();
            case "eos" -> EndOfText.atFirst(text.extent("eos_id", 2));
            default -> throw text.unexpected("pool_type", "\"argmax\" or \"eos\"");
        };
    }
}
