package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.nn.Padding;
import dev.clap4j.internal.nn.Projection;
import dev.clap4j.internal.nn.TextReading;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.TextTransformer;
import java.util.Set;

/** Reads the text tower of an {@code open_clip_config.json}. */
final class OpenClipText {
    private OpenClipText() {}

    static TextTower read(ConfigSection text, int embedDim, boolean quickGelu) {
        if (text.has("hf_model_name")) {
            return LanguageModels.read(text, embedDim);
        }
        int width = text.extent("width", 512);
        return new TextTransformer(
                text.extent("context_length", 77),
                text.extent("vocab_size", 49408),
                width,
                Limits.layers(text, "layers", 12),
                Limits.heads(text, "heads", 8, width),
                OpenClipConfig.mlpWidth(text, width),
                embedDim,
                OpenClipConfig.activation(text, quickGelu),
                OpenClipConfig.epsilon(text),
                reading(text),
                projection(text, width, embedDim));
    }

    private static TextReading reading(ConfigSection text) {
        boolean whole = text.flag("no_causal_mask");
        if (text.flag("embed_cls")) {
            if (whole) {
                throw text.unexpected("no_causal_mask", "false, as embed_cls is true");
            }
            return new TextReading(TextReading.Place.CLASS, Padding.BEHIND);
        }
        TextReading.Place place =
                switch (text.text("pool_type", "argmax")) {
                    case "argmax", "eos" -> TextReading.Place.END;
                    case "first" -> TextReading.Place.FIRST;
                    case "last" -> TextReading.Place.LAST;
                    default -> throw text.unexpected("pool_type", "\"argmax\", \"eos\", \"first\" or \"last\"");
                };
        if (whole) {
            return TextReading.ofWholeContext(place, paddingId(text));
        }
        if (place != TextReading.Place.END) {
            throw text.unexpected("pool_type", "\"argmax\" or \"eos\", unless no_causal_mask is true");
        }
        return TextReading.CLIP;
    }

    /** Returns the id with which the tokenizer pads; SigLIP's first one pads with its end token. */
    private static int paddingId(ConfigSection text) {
        String tokenizer = text.text("hf_tokenizer_name", "");
        boolean endToken = tokenizer.contains("SigLIP") && !tokenizer.contains("SigLIP2");
        return text.index("pad_id", endToken ? 1 : 0);
    }

    private static Projection projection(ConfigSection text, int width, int embedDim) {
        return switch (text.text("proj_type", "linear")) {
            case "linear" -> text.flag("proj_bias") ? Projection.BIASED : Projection.MATRIX;
            case "none" -> {
                if (width != embedDim) {
                    throw text.unexpected("proj_type", "\"linear\", as the width " + width + " is not embed_dim");
                }
                yield Projection.NONE;
            }
            default -> throw text.unexpected("proj_type", "\"linear\" or \"none\"");
        };
    }

    /** Reads the rule for the end of a text. */
    static EndOfText endOfText(ConfigSection text, TextTower tower) {
        Padding padding = tower.padding();
        boolean unread = tower instanceof TextTransformer transformer
                && Set.of(TextReading.Place.FIRST, TextReading.Place.LAST)
                        .contains(transformer.reading().place());
        if (unread || padding.effect() == Padding.Effect.MASKED) {
            return EndOfText.beforePadding(padding.id());
        }
        boolean first = text.text("pool_type", "argmax").equals("eos");
        return first ? EndOfText.atFirst(text.extent("eos_id", 2)) : EndOfText.atHighestId();
    }
}
