package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.nn.BertText;
import dev.clap4j.internal.nn.Padding;
import dev.clap4j.internal.nn.Projection;
import dev.clap4j.internal.nn.SentenceHead;
import dev.clap4j.internal.nn.TextReading;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.TransformerBlock;
import java.util.Map;
import java.util.Set;

/** Reads the text section of a {@code config.json}. */
final class HuggingFaceTexts {
    /** The end token id in old configurations of CLIP, which was always wrong; it means the highest id. */
    private static final int LEGACY_EOS = 2;

    /** Vocabularies from this size on are Gemma's, which pads with 0; configurations say 1 for all. */
    private static final int GEMMA_VOCABULARY = 256_000;

    private HuggingFaceTexts() {}

    /** Reads the text tower of a model whose image tower is CLIP's. */
    static TextTower clip(String type, ConfigSection text, int embedDim) {
        return switch (type) {
            case "chinese_clip" -> chineseClip(text, embedDim);
            case "altclip" -> altClip(text, embedDim);
            default -> clip(text, embedDim);
        };
    }

    /** Reads CLIP's own. */
    static TextTransformer clip(ConfigSection text, int embedDim) {
        int width = text.extent("hidden_size", 512);
        return new TextTransformer(
                text.extent("max_position_embeddings", 77),
                text.extent("vocab_size", 49408),
                width,
                Limits.layers(text, "num_hidden_layers", 12),
                Limits.heads(text, "num_attention_heads", 8, width),
                text.extent("intermediate_size", 2048),
                embedDim,
                HuggingFaceConfig.activation(text, "quick_gelu"),
                (float) text.number("layer_norm_eps", 1e-5));
    }

    /** Reads the text tower of a SigLIP. */
    static TextTransformer siglip(ConfigSection text, int embedDim) {
        int width = text.extent("hidden_size", 768);
        int vocabSize = text.extent("vocab_size", 32000);
        int padding = vocabSize >= GEMMA_VOCABULARY ? 0 : 1;
        return new TextTransformer(
                text.extent("max_position_embeddings", 64),
                vocabSize,
                width,
                Limits.layers(text, "num_hidden_layers", 12),
                Limits.heads(text, "num_attention_heads", 12, width),
                text.extent("intermediate_size", 3072),
                embedDim,
                HuggingFaceConfig.activation(text, "gelu_pytorch_tanh"),
                (float) text.number("layer_norm_eps", 1e-6),
                TextReading.ofWholeContext(TextReading.Place.LAST, padding),
                Projection.BIASED);
    }

    /** BERT, with positions from the first row on. */
    private static BertText chineseClip(ConfigSection text, int embedDim) {
        int positions = text.extent("max_position_embeddings", 512);
        return new BertText(
                positions,
                text.extent("vocab_size", 30522),
                positions,
                0,
                text.extent("type_vocab_size", 2),
                block(text, 768, 12, 3072, 1e-12),
                Limits.layers(text, "num_hidden_layers", 12),
                Padding.masked(padding(text, 0)),
                new SentenceHead(false, SentenceHead.Layers.MATRIX),
                embedDim);
    }

    /** XLM-R, with positions after that of padding. */
    private static BertText altClip(ConfigSection text, int embedDim) {
        int positions = text.extent("max_position_embeddings", 514);
        int padding = padding(text, 1);
        if (positions <= padding + 2) {
            throw text.unexpected("max_position_embeddings", "more than " + (padding + 2));
        }
        if (text.extent("project_dim", 768) != embedDim) {
            throw text.unexpected("project_dim", embedDim + ", the projection_dim of the model");
        }
        return new BertText(
                positions - padding - 1,
                text.extent("vocab_size", 250002),
                positions,
                padding + 1,
                text.extent("type_vocab_size", 1),
                block(text, 1024, 16, 4096, 1e-5),
                Limits.layers(text, "num_hidden_layers", 24),
                Padding.masked(padding),
                new SentenceHead(false, SentenceHead.Layers.NORM_LINEAR),
                embedDim);
    }

    private static TransformerBlock block(ConfigSection text, int width, int heads, int mlpWidth, double epsilon) {
        int found = text.extent("hidden_size", width);
        text.require(Map.of("position_embedding_type", "\"absolute\""));
        return new TransformerBlock(
                found,
                Limits.heads(text, "num_attention_heads", heads, found),
                text.extent("intermediate_size", mlpWidth),
                HuggingFaceConfig.activation(text, "gelu"),
                (float) text.number("layer_norm_eps", epsilon),
                false,
                Set.of(TransformerBlock.Variant.POST_NORM));
    }

    private static int padding(ConfigSection text, int byDefault) {
        return text.index("pad_token_id", byDefault);
    }

    /** Reads the rule for the end of a text. */
    static EndOfText endOfText(String type, ConfigSection text) {
        return switch (type) {
            case "chinese_clip" -> EndOfText.beforePadding(padding(text, 0));
            case "altclip" -> EndOfText.beforePadding(padding(text, 1));
            default -> {
                int id = text.extent("eos_token_id", 49407);
                yield id == LEGACY_EOS && type.equals("clip") ? EndOfText.atHighestId() : EndOfText.atFirst(id);
            }
        };
    }
}
