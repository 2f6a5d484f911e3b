package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.internal.tokenizer.pipeline.TokenizerSteps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A class of tokenizers: which models use it, and what it does beyond the steps of a {@code tokenizer.json}.
 *
 * @param name the name without the suffix of its fast variant
 * @param modelTypes the types of models whose folders need not name it
 * @param special the special tokens by role, where no file says otherwise
 * @param source the steps where there is no {@code tokenizer.json}
 * @param preferred whether the source is preferred to a {@code tokenizer.json}
 * @param adjustment what the class changes in the steps of a {@code tokenizer.json}
 */
record TokenizerClass(
        String name,
        Set<String> modelTypes,
        Map<String, String> special,
        Source source,
        boolean preferred,
        Adjustment adjustment) {
    private static final String BOS = "bos_token";
    private static final String EOS = "eos_token";
    private static final String UNK = "unk_token";
    private static final String PAD = "pad_token";
    private static final String CLS = "cls_token";
    private static final String SEP = "sep_token";
    private static final String MASK = "mask_token";

    private static final Map<String, String> FAIRSEQ =
            Map.of(BOS, "<s>", EOS, "</s>", UNK, "<unk>", PAD, "<pad>", CLS, "<s>", SEP, "</s>", MASK, "<mask>");

    private static final Map<String, String> GEMMA = Map.of(BOS, "<bos>", EOS, "<eos>", UNK, "<unk>", PAD, "<pad>");

    private static final List<TokenizerClass> ALL = List.of(
            new TokenizerClass(
                    "CLIPTokenizer",
                    Set.of("clip", "clip_text_model", "clipseg", "groupvit", "owlvit", "owlv2", "x-clip"),
                    Map.of(BOS, "<|startoftext|>", EOS, "<|endoftext|>", UNK, "<|endoftext|>", PAD, "<|endoftext|>"),
                    Source.of(List.of("vocab.json", "merges.txt"), BytePairSteps::clip),
                    false,
                    Adjustment.NONE),
            new TokenizerClass(
                    "RobertaTokenizer",
                    Set.of("roberta"),
                    FAIRSEQ,
                    Source.of(List.of("vocab.json", "merges.txt"), BytePairSteps::roberta),
                    false,
                    BytePairSteps::adjustRoberta),
            new TokenizerClass(
                    "BertTokenizer",
                    Set.of("bert", "chinese_clip", "align", "blip", "flava"),
                    Map.of(UNK, "[UNK]", PAD, "[PAD]", CLS, "[CLS]", SEP, "[SEP]", MASK, "[MASK]"),
                    Source.of(List.of("vocab.txt"), BertSteps::of),
                    false,
                    BertSteps::adjust),
            new TokenizerClass(
                    "XLMRobertaTokenizer",
                    Set.of("xlm-roberta", "metaclip_2", "altclip"),
                    FAIRSEQ,
                    Source.of(List.of("sentencepiece.bpe.model"), SentencePieceSteps::xlmRoberta),
                    false,
                    Adjustment.NONE),
            new TokenizerClass("NllbTokenizer", Set.of(), FAIRSEQ, Source.NONE, false, LanguageEnds::adjust),
            new TokenizerClass(
                    "T5Tokenizer",
                    Set.of("t5", "mt5", "umt5"),
                    Map.of(EOS, "</s>", UNK, "<unk>", PAD, "<pad>"),
                    Source.of(List.of("spiece.model"), SentencePieceSteps::t5),
                    false,
                    Adjustment.NONE),
            new TokenizerClass(
                    "GemmaTokenizer",
                    Set.of("gemma"),
                    GEMMA,
                    Source.of(List.of("tokenizer.model"), SentencePieceSteps::gemma),
                    false,
                    SentencePieceSteps::adjustGemma),
            new TokenizerClass(
                    "Siglip2Tokenizer",
                    Set.of("siglip2"),
                    GEMMA,
                    Source.NONE,
                    false,
                    SentencePieceSteps::adjustSiglip2),
            new TokenizerClass(
                    "SiglipTokenizer",
                    Set.of("siglip"),
                    Map.of(EOS, "</s>", UNK, "<unk>", PAD, "</s>"),
                    Source.of(List.of("spiece.model"), OriginalSteps::siglip),
                    true,
                    Adjustment.NONE),
            new TokenizerClass(
                    "Tipsv2Tokenizer",
                    Set.of("tipsv2"),
                    Map.of(UNK, "<unk>", PAD, "<pad>"),
                    Source.of(List.of("tokenizer.model"), SentencePieceSteps::tipsv2),
                    false,
                    Adjustment.NONE),
            new TokenizerClass(
                    TransformersOptions.CN_CLIP,
                    Set.of(),
                    Map.of(UNK, "[UNK]", PAD, "[PAD]", CLS, "[CLS]", SEP, "[SEP]"),
                    Source.of(List.of("vocab.txt"), BertSteps::original),
                    true,
                    Adjustment.NONE));

    /** A class that is not known or not named: the files say everything. */
    static final TokenizerClass UNNAMED = other("");

    private static TokenizerClass other(String name) {
        return new TokenizerClass(name, Set.of(), Map.of(), Source.NONE, false, Adjustment.NONE);
    }

    /** Creates the steps from files other than a {@code tokenizer.json}. */
    record Source(List<String> files, Build build) {
        static final Source NONE = new Source(List.of(), folder -> {
            throw new IllegalStateException(folder.path() + " has a tokenizer.json");
        });

        static Source of(List<String> files, Build build) {
            return new Source(files, build);
        }

        /** Creates the steps. */
        interface Build {
            TokenizerSteps of(TokenizerFolder folder);
        }
    }

    /** Changes the steps of a {@code tokenizer.json}. */
    interface Adjustment {
        Adjustment NONE = (steps, folder) -> steps;

        TokenizerSteps apply(TokenizerSteps steps, TokenizerFolder folder);
    }

    /** Returns the class with a name; one that is not known does nothing special. */
    static TokenizerClass named(String name) {
        return ALL.stream().filter(one -> one.name.equals(name)).findFirst().orElseGet(() -> other(name));
    }

    /** Returns the class that the options or the files of a folder name, or else the type of the model implies. */
    static Optional<TokenizerClass> of(TokenizerConfig config, TransformersOptions options) {
        Optional<String> name = options.className().isEmpty() ? config.className() : Optional.of(options.className());
        return name.map(TokenizerClass::named).or(() -> config.modelType().flatMap(type -> ALL.stream()
                .filter(one -> one.modelTypes.contains(type))
                .findFirst()));
    }

    /** Returns the class that the names of the files in a folder imply, if only one has such files. */
    static Optional<TokenizerClass> ofFiles(Path folder) {
        return Stream.of("CLIPTokenizer", "BertTokenizer", "XLMRobertaTokenizer")
                .map(TokenizerClass::named)
                .filter(one -> one.source.files().stream().anyMatch(file -> Files.exists(folder.resolve(file))))
                .findFirst();
    }

    /** Returns whether a text gets CLIP's start and end tokens if no file says otherwise. */
    boolean isClip() {
        return name.isEmpty() || name.equals("CLIPTokenizer");
    }
}
