package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.BertText;
import dev.clap4j.internal.nn.NllbText;
import dev.clap4j.internal.nn.Padding;
import dev.clap4j.internal.nn.SentenceHead;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.TransformerBlock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The language models of Transformers that open_clip's text towers name: their published geometry, which is not part of
 * a checkpoint; and two tiny ones for untrained models.
 */
final class LanguageModels {
    private static final Map<String, Geometry> BY_NAME = new TreeMap<>();

    static {
        add("bert-base-uncased", Geometry.bert(30522, 768, 12));
        add("bert-base-cased", Geometry.bert(28996, 768, 12));
        add("bert-large-uncased", Geometry.bert(30522, 1024, 24));
        add("roberta-base", Geometry.roberta(50265, 768, 12));
        add("roberta-large", Geometry.roberta(50265, 1024, 24));
        add("xlm-roberta-base", Geometry.roberta(250002, 768, 12));
        add("xlm-roberta-large", Geometry.roberta(250002, 1024, 24));
        add("nllb-200-distilled-600M", Geometry.nllb(1024, 12, 4096));
        add("nllb-200-distilled-1.3B", Geometry.nllb(1024, 24, 8192));
        add("nllb-200-1.3B", Geometry.nllb(1024, 24, 8192));
        add("nllb-200-3.3B", Geometry.nllb(2048, 24, 8192));
        add("tiny-roberta", Geometry.tiny(Kind.ROBERTA));
        add("tiny-nllb", Geometry.tiny(Kind.NLLB));
    }

    private LanguageModels() {}

    private enum Kind {
        BERT,
        ROBERTA,
        NLLB
    }

    private record Geometry(
            Kind kind, int vocabSize, int width, int layers, int heads, int mlpWidth, int positions, double epsilon) {
        static Geometry bert(int vocabSize, int width, int layers) {
            return new Geometry(Kind.BERT, vocabSize, width, layers, width / 64, 4 * width, 512, 1e-12);
        }

        static Geometry roberta(int vocabSize, int width, int layers) {
            return new Geometry(Kind.ROBERTA, vocabSize, width, layers, width / 64, 4 * width, 514, 1e-5);
        }

        static Geometry nllb(int width, int layers, int mlpWidth) {
            return new Geometry(Kind.NLLB, 256206, width, layers, 16, mlpWidth, 1024, 1e-5);
        }

        /** Returns a geometry for untrained models. */
        static Geometry tiny(Kind kind) {
            return new Geometry(kind, 49408, 64, 2, 2, 128, 514, 1e-5);
        }

        TransformerBlock block() {
            boolean nllb = kind == Kind.NLLB;
            return new TransformerBlock(
                    width,
                    heads,
                    mlpWidth,
                    nllb ? Activation.RELU : Activation.GELU,
                    (float) epsilon,
                    false,
                    nllb ? Set.of() : Set.of(TransformerBlock.Variant.POST_NORM));
        }
    }

    private static void add(String name, Geometry geometry) {
        BY_NAME.put(name, geometry);
    }

    static TextTower read(ConfigSection text, int embedDim) {
        String name = text.text("hf_model_name", "");
        Geometry geometry = BY_NAME.get(name.replaceFirst("^(facebook|FacebookAI|google-bert)/", ""));
        if (geometry == null) {
            throw new ClapException(text.path() + ": " + text.where() + "hf_model_name is \"" + name
                    + "\", which is none of the language models known" + NearestName.hint(name, BY_NAME.keySet()) + ": "
                    + String.join(", ", BY_NAME.keySet()));
        }
        int contextLength = text.extent("context_length", 77);
        int padding = geometry.kind == Kind.BERT ? 0 : 1;
        int first = geometry.kind == Kind.BERT ? 0 : padding + 1;
        if (contextLength > geometry.positions - first) {
            throw text.unexpected("context_length", "at most " + (geometry.positions - first));
        }
        SentenceHead head = new SentenceHead(mean(text, geometry), layers(text));
        return geometry.kind == Kind.NLLB
                ? new NllbText(
                        contextLength,
                        geometry.vocabSize,
                        geometry.block(),
                        geometry.layers,
                        Padding.masked(padding),
                        head,
                        embedDim)
                : new BertText(
                        contextLength,
                        geometry.vocabSize,
                        geometry.positions,
                        first,
                        geometry.kind == Kind.BERT ? 2 : 1,
                        geometry.block(),
                        geometry.layers,
                        Padding.masked(padding),
                        head,
                        embedDim);
    }

    /** Reads the pooling; BERT's own, a layer on the first token, is not supported. */
    private static boolean mean(ConfigSection text, Geometry geometry) {
        String pooler = text.text("hf_pooler_type", "mean_pooler");
        boolean first = pooler.equals("cls_last_hidden_state_pooler")
                || (pooler.equals("cls_pooler") && geometry.kind == Kind.NLLB);
        if (!first && !pooler.equals("mean_pooler")) {
            throw text.unexpected(
                    "hf_pooler_type",
                    geometry.kind == Kind.NLLB
                            ? "\"mean_pooler\" or \"cls_pooler\""
                            : "\"mean_pooler\" or \"cls_last_hidden_state_pooler\"");
        }
        return !first;
    }

    private static SentenceHead.Layers layers(ConfigSection text) {
        return switch (text.text("hf_proj_type", "mlp")) {
            case "linear" -> SentenceHead.Layers.MATRIX;
            case "mlp" -> SentenceHead.Layers.MLP;
            default -> throw text.unexpected("hf_proj_type", "\"linear\" or \"mlp\"");
        };
    }
}
