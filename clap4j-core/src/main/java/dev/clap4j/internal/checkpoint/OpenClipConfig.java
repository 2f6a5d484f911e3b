package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Reads open_clip's {@code open_clip_config.json}. Options that no known network has, and that would change the
 * computation, are rejected by name.
 */
final class OpenClipConfig {
    private static final double EPSILON = 1e-5;

    private OpenClipConfig() {}

    static ModelConfig read(Path path) {
        return readRoot(ConfigSection.read(path));
    }

    /** Reads a whole configuration, with or without preprocessing. */
    static ModelConfig readRoot(ConfigSection root) {
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
        boolean quickGelu = model.flag("quick_gelu");
        ConfigSection text = model.section("text_cfg");
        ConfigSection vision = model.section("vision_cfg");
        for (ConfigSection tower : List.of(text, vision)) {
            tower.require(OpenClipKeys.COMMON);
        }
        vision.require(OpenClipKeys.VISION);
        text.require(OpenClipKeys.TEXT);
        boolean logitBias = !model.value("init_logit_bias").isMissingNode();
        ClipArchitecture architecture = new ClipArchitecture(
                OpenClipVision.read(vision, embedDim, quickGelu),
                OpenClipText.read(text, embedDim, quickGelu),
                logitBias);
        boolean decoder = !model.value("multimodal_cfg").isMissingNode();
        ModelConfig config = new ModelConfig(
                architecture,
                OpenClipText.endOfText(text, architecture.text()),
                model.path().toString(),
                decoder ? "text_decoder." : "");
        model.requireNothingElse(OpenClipKeys.HARMLESS_IN_MODEL);
        vision.requireNothingElse(OpenClipKeys.HARMLESS_IN_VISION);
        text.requireNothingElse(OpenClipKeys.HARMLESS_IN_TEXT);
        return Limits.requireAddressable(config);
    }

    /** Reads the non-linearity of a tower's MLPs. */
    static Activation activation(ConfigSection tower, boolean quickGelu) {
        ConfigSection options = tower.section("act_kwargs");
        options.requireNothingElse(Set.of("approximate"));
        if (options.keys().isEmpty()) {
            return quickGelu ? Activation.QUICK_GELU : Activation.GELU;
        }
        if (quickGelu) {
            throw options.unexpected("approximate", "none, as quick_gelu is true");
        }
        return switch (options.text("approximate", "none")) {
            case "none" -> Activation.GELU;
            case "tanh" -> Activation.GELU_TANH;
            default -> throw options.unexpected("approximate", "\"none\" or \"tanh\"");
        };
    }

    /** Reads the hidden width of a tower's MLPs. */
    static int mlpWidth(ConfigSection tower, int width) {
        int mlpWidth = (int) (width * tower.number("mlp_ratio", 4));
        if (mlpWidth < 1) {
            throw tower.unexpected("mlp_ratio", "a ratio that gives at least 1 for the width " + width);
        }
        return mlpWidth;
    }

    /** Reads what is added to the variance in a tower's layer norms. */
    static float epsilon(ConfigSection tower) {
        ConfigSection norm = tower.section("norm_kwargs");
        double epsilon = norm.number("eps", EPSILON);
        norm.requireNothingElse(Set.of());
        return (float) epsilon;
    }
}
