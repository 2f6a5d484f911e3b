package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.nn.ImageTokens;
import dev.clap4j.internal.nn.LinearPatches;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.Pooling;
import dev.clap4j.internal.nn.Projection;
import dev.clap4j.internal.nn.RotaryEmbedding;
import dev.clap4j.internal.nn.TokenPooling;
import dev.clap4j.internal.nn.TransformerBlock;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.VisionTransformer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the image tower of an {@code open_clip_config.json}. */
final class OpenClipVision {
    private static final Logger LOG = LoggerFactory.getLogger(OpenClipVision.class);

    private OpenClipVision() {}

    static VisionTower read(ConfigSection vision, int embedDim, boolean quickGelu) {
        if (vision.has("timm_model_name")) {
            return TimmModels.read(vision, embedDim);
        }
        return vision.value("layers").isArray() ? residual(vision, embedDim) : transformer(vision, embedDim, quickGelu);
    }

    private static ModifiedResNet residual(ConfigSection vision, int embedDim) {
        int headWidth = vision.extent("head_width", 64);
        int width = vision.extent("width", 64);
        if (width % 2 != 0 || width * 32L % headWidth != 0) {
            throw vision.unexpected(
                    "width", "an even number, and 32 times it to be a multiple of head_width " + headWidth);
        }
        return new ModifiedResNet(
                Limits.imageSize(vision, 224, 32), width, blocks(vision), width * 32 / headWidth, embedDim);
    }

    private static VisionTransformer transformer(ConfigSection vision, int embedDim, boolean quickGelu) {
        int headWidth = vision.extent("head_width", 64);
        int width = vision.extent("width", 768);
        int patchSize = vision.side("patch_size", 16);
        if (width % headWidth != 0) {
            throw vision.unexpected("width", "a multiple of head_width " + headWidth);
        }
        ImageTokens tokens = new ImageTokens(
                Limits.imageSize(vision, 224, patchSize),
                new LinearPatches(patchSize, false),
                ImageTokens.ClassToken.WITH_POSITION,
                !vision.flag("no_ln_pre"));
        TransformerBlock block = new TransformerBlock(
                width,
                width / headWidth,
                OpenClipConfig.mlpWidth(vision, width),
                OpenClipConfig.activation(vision, quickGelu),
                OpenClipConfig.epsilon(vision),
                false);
        return new VisionTransformer(
                tokens,
                RotaryEmbedding.NONE,
                block,
                Limits.layers(vision, "layers", 12),
                vision.flag("attentional_pool")
                        ? queries(vision, embedDim)
                        : TokenPooling.of(pooling(vision), Projection.MATRIX, embedDim));
    }

    /** Reads the pooling of CoCa, of which the first query is the feature. */
    private static TokenPooling queries(ConfigSection vision, int embedDim) {
        if (!vision.text("pool_type", "tok").equals("tok")) {
            throw vision.unexpected("pool_type", "\"tok\", as attentional_pool is true");
        }
        return new TokenPooling(
                Pooling.QUERY_THEN_NORM,
                Limits.heads(vision, "attn_pooler_heads", 8, embedDim),
                vision.extent("attn_pooler_queries", 256),
                0,
                Projection.MATRIX,
                embedDim);
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

    private static List<Integer> blocks(ConfigSection vision) {
        List<Integer> blocks = new ArrayList<>();
        vision.value("layers").forEach(stage -> blocks.add(stage.isInt() ? stage.asInt() : 0));
        if (blocks.size() != 4 || blocks.stream().anyMatch(count -> count < 1 || count > Limits.MAX_LAYERS)) {
            throw vision.unexpected("layers", "four numbers of blocks");
        }
        return blocks;
    }
}
