package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.Pooling;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.VisionTransformer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads open_clip's {@code open_clip_config.json}. Options that CLIP's own networks do not have, and that would change
 * the computation, are rejected by name.
 */
final class OpenClipConfig {
    private static final Logger LOG = LoggerFactory.getLogger(OpenClipConfig.class);
    private static final double EPSILON = 1e-5;

    private OpenClipConfig() {}

    static ModelConfig read(Path path) {
        ConfigSection root = ConfigSection.read(path);
        if (root.has("model_cfg")) {
            ConfigSection model = root.section("model_cfg");
            root.requireNothingElse(Set.of("preprocess_cfg"));
            return read(model);
        }
        return read(root);
    }

    private static ModelConfig read(ConfigSection model) {
        if (!model.has("embed_dim")) {
            throw new ClapException(
                    model.path() + " has no " + model.where() + "embed_dim; it is not an open_clip model");
        }
        int embedDim = model.extent("embed_dim", 0);
        Activation activation = model.flag("quick_gelu") ? Activation.QUICK_GELU : Activation.GELU;
        ConfigSection text = model.section("text_cfg");
        ConfigSection vision = model.section("vision_cfg");
        model.require(OpenClipKeys.MODEL);
        for (ConfigSection tower : List.of(text, vision)) {
            tower.require(OpenClipKeys.COMMON);
        }
        vision.require(OpenClipKeys.VISION);
        text.require(OpenClipKeys.TEXT);
        ClipArchitecture architecture =
                new ClipArchitecture(vision(vision, embedDim, activation), text(text, embedDim, activation));
        ModelConfig config =
                new ModelConfig(architecture, endOfText(text), model.path().toString());
        model.requireNothingElse(OpenClipKeys.HARMLESS_IN_MODEL);
        vision.requireNothingElse(OpenClipKeys.HARMLESS_IN_VISION);
        text.requireNothingElse(OpenClipKeys.HARMLESS_IN_TEXT);
        return config;
    }

    private static TextTransformer text(ConfigSection text, int embedDim, Activation activation) {
        int width = text.extent("width", 512);
        return new TextTransformer(
                text.extent("context_length", 77),
                text.extent("vocab_size", 49408),
                width,
                Limits.layers(text, "layers", 12),
                Limits.heads(text, "heads", 8, width),
                mlpWidth(text, width),
                embedDim,
                activation,
                epsilon(text));
    }

    private static VisionTower vision(ConfigSection vision, int embedDim, Activation activation) {
        int headWidth = vision.extent("head_width", 64);
        if (vision.value("layers").isArray()) {
            int width = vision.extent("width", 64);
            if (width % 2 != 0 || width * 32L % headWidth != 0) {
                throw vision.unexpected(
                        "width", "an even number, and 32 times it to be a multiple of head_width " + headWidth);
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
                mlpWidth(vision, width),
                embedDim,
                activation,
                epsilon(vision),
                pooling(vision));
    }

    private static Pooling pooling(ConfigSection vision) {
        boolean normLast = vision.flag("final_ln_after_pool");
        boolean average = vision.flag("global_average_pool");
        String type = vision.text("pool_type", average ? "avg" : "tok");
        if (average) {
            requireAverage(vision, type);
        }
        return switch (type) {
            case "tok" -> Pooling.CLASS_TOKEN;
            case "avg" -> normLast ? Pooling.PATCH_MEAN_THEN_NORM : Pooling.PATCH_MEAN;
            default -> throw vision.unexpected("pool_type", "\"tok\" or \"avg\"");
        };
    }

    /** Rejects the pooling key of old versions, which computed slightly different features. */
    private static void requireAverage(ConfigSection vision, String type) {
        if (!type.equals("avg")) {
            throw vision.unexpected("pool_type", "\"avg\", as global_average_pool is true");
        }
        LOG.warn(
                Names.printable(
                        vision.path() + ": " + vision.where()
                                + "global_average_pool is read as pool_type \"avg\" of open_clip 2.23 and later: the mean of the"
                                + " normalised patches. Earlier versions included the class token in the mean, and normalised it afterwards"));
    }

    private static int mlpWidth(ConfigSection tower, int width) {
        int mlpWidth = (int) (width * tower.number("mlp_ratio", 4));
        if (mlpWidth < 1) {
            throw tower.unexpected("mlp_ratio", "a ratio that gives at least 1 for the width " + width);
        }
        return mlpWidth;
    }

    private static List<Integer> blocks(ConfigSection vision) {
        List<Integer> blocks = new ArrayList<>();
        vision.value("layers").forEach(stage -> blocks.add(stage.isInt() ? stage.asInt() : 0));
        if (blocks.size() != 4 || blocks.stream().anyMatch(count -> count < 1 || count > Limits.MAX_LAYERS)) {
            throw vision.unexpected("layers", "four numbers of blocks");
        }
        return blocks;
    }

    private static float epsilon(ConfigSection tower) {
        ConfigSection norm = tower.section("norm_kwargs");
        double epsilon = norm.number("eps", EPSILON);
        norm.requireNothingElse(Set.of());
        return (float) epsilon;
    }

    private static EndOfText endOfText(ConfigSection text) {
        return switch (text.text("pool_type", "argmax")) {
            case "argmax" -> EndOfText.atHighestId();
            case "eos" -> EndOfText.atFirst(text.extent("eos_id", 2));
            default -> throw text.unexpected("pool_type", "\"argmax\" or \"eos\"");
        };
    }
}
