package dev.clap4j.internal.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.Pooling;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTransformer;

/** Writes an architecture as open_clip's {@code open_clip_config.json}, omitting open_clip's defaults. */
final class OpenClipConfigWriter {
    private static final int HEAD_WIDTH = 64;
    private static final double MLP_RATIO = 4;
    private static final float EPSILON = 1e-5f;
    private static final double[] MEAN = {0.48145466, 0.4578275, 0.40821073};
    private static final double[] DEVIATION = {0.26862954, 0.26130258, 0.27577711};

    private OpenClipConfigWriter() {}

    static String of(ClipArchitecture architecture) {
        ObjectNode root = new JsonMapper().createObjectNode();
        if (!architecture.isClips() || !(architecture.text() instanceof TextTransformer text)) {
            throw new IllegalArgumentException("Only CLIP's own networks are written in this layout");
        }
        ObjectNode model = root.putObject("model_cfg")
                .put("embed_dim", architecture.embedDim())
                .put("quick_gelu", text.activation() == Activation.QUICK_GELU);
        ObjectNode vision = model.putObject("vision_cfg")
                .put("image_size", architecture.vision().imageSize());
        if (architecture.vision() instanceof ModifiedResNet residual) {
            residual.blocks().forEach(vision.putArray("layers")::add);
            vision.put("width", residual.width());
            heads(vision, 32 * residual.width(), residual.heads());
        } else if (architecture.vision() instanceof VisionTransformer transformer) {
            vision.put("layers", transformer.layers())
                    .put("width", transformer.width())
                    .put("patch_size", transformer.patchSize());
            heads(vision, transformer.width(), transformer.heads());
            tower(vision, transformer.width(), transformer.mlpWidth(), transformer.epsilon());
            pooling(vision, transformer.pooling().kind());
        }
        ObjectNode texts = model.putObject("text_cfg")
                .put("context_length", text.contextLength())
                .put("vocab_size", text.vocabSize())
                .put("width", text.width())
                .put("heads", text.heads())
                .put("layers", text.layers());
        tower(texts, text.width(), text.mlpWidth(), text.epsilon());
        ObjectNode preprocessing = root.putObject("preprocess_cfg");
        for (int channel = 0; channel < MEAN.length; channel++) {
            preprocessing.withArray("mean").add(MEAN[channel]);
            preprocessing.withArray("std").add(DEVIATION[channel]);
        }
        return root.toPrettyString();
    }

    private static void tower(ObjectNode node, int width, int mlpWidth, float epsilon) {
        if (mlpWidth != MLP_RATIO * width) {
            node.put("mlp_ratio", (double) mlpWidth / width);
        }
        if (epsilon != EPSILON) {
            node.putObject("norm_kwargs").put("eps", Double.parseDouble(Float.toString(epsilon)));
        }
    }

    private static void pooling(ObjectNode vision, Pooling pooling) {
        if (pooling != Pooling.CLASS_TOKEN) {
            vision.put("pool_type", "avg");
        }
        if (pooling == Pooling.PATCH_MEAN_THEN_NORM) {
            vision.put("final_ln_after_pool", true);
        }
    }

    private static void heads(ObjectNode vision, int width, int heads) {
        if (width / heads != HEAD_WIDTH) {
            vision.put("head_width", width / heads);
        }
    }
}
