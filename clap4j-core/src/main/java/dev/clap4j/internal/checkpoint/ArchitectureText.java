package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.nn.BertText;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.ConvNext;
import dev.clap4j.internal.nn.ConvolvedPatches;
import dev.clap4j.internal.nn.FastVit;
import dev.clap4j.internal.nn.ImageTokens;
import dev.clap4j.internal.nn.InvertedBottleneckPatches;
import dev.clap4j.internal.nn.LinearPatches;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.NllbText;
import dev.clap4j.internal.nn.Padding;
import dev.clap4j.internal.nn.PatchEmbedding;
import dev.clap4j.internal.nn.RotaryEmbedding;
import dev.clap4j.internal.nn.SentenceHead;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.TokenPooling;
import dev.clap4j.internal.nn.TransformerBlock;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.VisionTransformer;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The text that stands for an architecture in a {@link Fingerprint}. Its words are part of every fingerprint and thus of
 * every head's file, so they stay when a class or a component is renamed. Enum constants are named by their own names,
 * in lower case.
 */
final class ArchitectureText {
    private ArchitectureText() {}

    static String of(ClipArchitecture architecture) {
        if (architecture.isClips() && architecture.text() instanceof TextTransformer text) {
            return ofClip(architecture.vision(), text);
        }
        return words(
                "model",
                "vision",
                vision(architecture.vision()),
                "text",
                text(architecture.text()),
                "logit-bias",
                architecture.logitBias());
    }

    /** Describes one of CLIP's own, as far as the shapes of tensors do not show it. */
    private static String ofClip(VisionTower tower, TextTransformer text) {
        String vision = tower instanceof VisionTransformer transformer
                ? "heads=" + transformer.heads() + " activation=" + transformer.activation() + " epsilon="
                        + transformer.epsilon() + " pooling="
                        + transformer.pooling().kind()
                : "residual";
        return "clip text: heads=" + text.heads() + " activation=" + text.activation() + " epsilon=" + text.epsilon()
                + "; vision: " + vision + " size=" + tower.imageSize();
    }

    private static String vision(VisionTower tower) {
        if (tower instanceof VisionTransformer vit) {
            return words(
                    "vit",
                    "tokens",
                    tokens(vit.tokens()),
                    "rotary",
                    rotary(vit.rotary()),
                    "block",
                    block(vit.block()),
                    "layers",
                    vit.layers(),
                    "pooling",
                    pooling(vit.pooling()));
        }
        if (tower instanceof ModifiedResNet net) {
            return words(
                    "resnet",
                    "size",
                    net.imageSize(),
                    "width",
                    net.width(),
                    "blocks",
                    net.blocks(),
                    "heads",
                    net.heads(),
                    "features",
                    net.embedDim());
        }
        if (tower instanceof ConvNext net) {
            return words(
                    "convnext",
                    "size",
                    net.imageSize(),
                    "widths",
                    net.widths(),
                    "blocks",
                    net.blocks(),
                    "epsilon",
                    net.epsilon(),
                    "mlp",
                    net.mlpHead(),
                    "features",
                    net.embedDim());
        }
        if (tower instanceof FastVit net) {
            String stages = net.stages().stream().map(ArchitectureText::stage).collect(Collectors.joining(" "));
            return words(
                    "fastvit",
                    "size",
                    net.imageSize(),
                    "stages",
                    "[" + stages + "]",
                    "scaled-stem",
                    net.scaledStem(),
                    "features",
                    net.embedDim());
        }
        throw new IllegalStateException("No text describes " + tower.getClass());
    }

    private static String stage(FastVit.Stage stage) {
        return words(
                "stage",
                "width",
                stage.width(),
                "blocks",
                stage.blocks(),
                "mlp-ratio",
                stage.mlpRatio(),
                "excited",
                stage.excited(),
                "mixer",
                stage.mixer());
    }

    private static String text(TextTower tower) {
        if (tower instanceof TextTransformer text) {
            return words(
                    "transformer",
                    "context",
                    text.contextLength(),
                    "vocabulary",
                    text.vocabSize(),
                    "block",
                    block(text.block()),
                    "layers",
                    text.layers(),
                    "read",
                    text.reading().place(),
                    "padding",
                    padding(text.padding()),
                    "projection",
                    text.projection(),
                    "features",
                    text.embedDim());
        }
        if (tower instanceof BertText text) {
            return words(
                    "bert",
                    "context",
                    text.contextLength(),
                    "vocabulary",
                    text.vocabSize(),
                    "positions",
                    text.positions(),
                    "first-position",
                    text.firstPosition(),
                    "types",
                    text.types(),
                    "block",
                    block(text.block()),
                    "layers",
                    text.layers(),
                    "padding",
                    padding(text.padding()),
                    "head",
                    head(text.head()),
                    "features",
                    text.embedDim());
        }
        if (tower instanceof NllbText text) {
            return words(
                    "nllb",
                    "context",
                    text.contextLength(),
                    "vocabulary",
                    text.vocabSize(),
                    "block",
                    block(text.block()),
                    "layers",
                    text.layers(),
                    "padding",
                    padding(text.padding()),
                    "head",
                    head(text.head()),
                    "features",
                    text.embedDim());
        }
        throw new IllegalStateException("No text describes " + tower.getClass());
    }

    private static String block(TransformerBlock block) {
        String variants = block.variants().stream().map(ArchitectureText::shown).collect(Collectors.joining(","));
        return words(
                "block",
                "width",
                block.width(),
                "heads",
                block.heads(),
                "mlp",
                block.mlpWidth(),
                "activation",
                block.activation(),
                "epsilon",
                block.epsilon(),
                "causal",
                block.causal(),
                "variants",
                "[" + variants + "]");
    }

    private static String tokens(ImageTokens tokens) {
        return words(
                "tokens",
                "size",
                tokens.imageSize(),
                "patches",
                patches(tokens.patches()),
                "class",
                tokens.classToken(),
                "positions",
                tokens.positions(),
                "pre-norm",
                tokens.preNorm());
    }

    private static String patches(PatchEmbedding patches) {
        if (patches instanceof LinearPatches linear) {
            return words("linear", "side", linear.patchSize(), "bias", linear.bias());
        }
        if (patches instanceof ConvolvedPatches) {
            return words("convolved");
        }
        if (patches instanceof InvertedBottleneckPatches inverted) {
            return words("inverted", "width", inverted.narrow());
        }
        throw new IllegalStateException("No text describes " + patches.getClass());
    }

    private static String rotary(RotaryEmbedding rotary) {
        return words(
                "rotary",
                "grid",
                rotary.grid(),
                "reference",
                rotary.reference(),
                "offset",
                rotary.offset(),
                "columns-first",
                rotary.columnsFirst());
    }

    private static String pooling(TokenPooling pooling) {
        return words(
                "pooling",
                "kind",
                pooling.kind(),
                "heads",
                pooling.heads(),
                "queries",
                pooling.queries(),
                "mlp",
                pooling.mlpWidth(),
                "projection",
                pooling.projection(),
                "features",
                pooling.embedDim());
    }

    private static String head(SentenceHead head) {
        return words("sentence", "mean", head.mean(), "layers", head.layers());
    }

    private static String padding(Padding padding) {
        return words("padding", "effect", padding.effect(), "id", padding.id(), "after", padding.after());
    }

    /** Returns {@code kind(key=value key=value)}. */
    private static String words(String kind, Object... keysAndValues) {
        StringBuilder text = new StringBuilder(kind).append('(');
        for (int i = 0; i < keysAndValues.length; i += 2) {
            text.append(i == 0 ? "" : " ").append(keysAndValues[i]).append('=').append(shown(keysAndValues[i + 1]));
        }
        return text.append(')').toString();
    }

    private static String shown(Object value) {
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
    }
}
