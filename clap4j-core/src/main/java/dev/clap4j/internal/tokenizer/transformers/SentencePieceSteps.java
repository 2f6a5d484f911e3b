package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.json.JsonPart;
import dev.clap4j.internal.tokenizer.pattern.Literal;
import dev.clap4j.internal.tokenizer.pattern.WordPattern;
import dev.clap4j.internal.tokenizer.pipeline.AddedToken;
import dev.clap4j.internal.tokenizer.pipeline.Behavior;
import dev.clap4j.internal.tokenizer.pipeline.Ends;
import dev.clap4j.internal.tokenizer.pipeline.Normalizer;
import dev.clap4j.internal.tokenizer.pipeline.PreTokenizer;
import dev.clap4j.internal.tokenizer.pipeline.PreTokenizer.Metaspace;
import dev.clap4j.internal.tokenizer.pipeline.PreTokenizer.Metaspace.Prepend;
import dev.clap4j.internal.tokenizer.pipeline.Precompiled;
import dev.clap4j.internal.tokenizer.pipeline.SentencePieceNormalizer;
import dev.clap4j.internal.tokenizer.pipeline.TokenIds;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerSteps;
import dev.clap4j.internal.tokenizer.pipeline.Unigram;
import dev.clap4j.internal.tokenizer.pipeline.Unigram.Scored;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile.Algorithm;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile.Piece;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile.PieceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The steps into which Transformers converts SentencePiece's models. They differ from SentencePiece in combining marks,
 * special tokens that a text spells, and unknown characters.
 */
final class SentencePieceSteps {
    private static final char SPACE = SentencePieceNormalizer.SPACE;

    private SentencePieceSteps() {}

    /** Other special tokens than the file, and the mask at the end. */
    static TokenizerSteps xlmRoberta(TokenizerFolder folder) {
        SentencePieceFile file = file(folder, "sentencepiece.bpe.model", Algorithm.UNIGRAM);
        List<Piece> pieces = new ArrayList<>();
        List.of("<s>", "<pad>", "</s>", "<unk>").forEach(token -> pieces.add(control(token)));
        pieces.addAll(file.pieces()
                .subList(Math.min(3, file.pieces().size()), file.pieces().size()));
        pieces.add(control("<mask>"));
        Map<String, Integer> ids = ids(file, pieces);
        Ends ends = Ends.of(folder.id("cls_token", ids), folder.id("sep_token", ids));
        return unigram(folder, file, pieces, ids.get("<unk>"), ends);
    }

    /** Placeholders after the pieces, 100 unless a file says otherwise. */
    static TokenizerSteps t5(TokenizerFolder folder) {
        SentencePieceFile file = file(folder, "spiece.model", Algorithm.UNIGRAM);
        JsonPart config = folder.config().tokenizer();
        int extra = config.has("extra_ids") ? config.number("extra_ids") : 100;
        if (extra > 1000) {
            throw config.unexpected("extra_ids", "at most 1000");
        }
        List<Piece> pieces = new ArrayList<>(file.pieces());
        for (int i = extra - 1; i >= 0; i--) {
            pieces.add(control("<extra_id_" + i + ">"));
        }
        Map<String, Integer> ids = ids(file, pieces);
        Ends ends = new Ends(new int[0], new int[] {folder.id("eos_token", ids)});
        return unigram(folder, file, pieces, file.unknown(), ends);
    }

    private static Piece control(String content) {
        return new Piece(content, 0, PieceType.CONTROL);
    }

    private static TokenizerSteps unigram(
            TokenizerFolder folder, SentencePieceFile file, List<Piece> pieces, int unknown, Ends ends) {
        List<Scored> scored = new ArrayList<>();
        double lowest = 0;
        for (Piece piece : pieces) {
            scored.add(new Scored(piece.content(), scored.size(), piece.score()));
            lowest = Math.min(lowest, piece.score());
        }
        List<Normalizer> steps = new ArrayList<>();
        if (file.map() != null) {
            steps.add(new Precompiled(file.map()));
        }
        steps.add(new Normalizer.Strip(false, true));
        steps.add(new Normalizer.Replace(spaces(), String.valueOf(SPACE)));
        boolean legacy = folder.config().tokenizer().flag("legacy", true);
        Map<String, Integer> ids = ids(file, pieces);
        return TokenizerSteps.of(
                ids,
                added(folder, pieces, ids),
                new Normalizer.Sequence(steps),
                new Metaspace(SPACE, legacy ? Prepend.ALWAYS : Prepend.FIRST, true),
                new Unigram(scored, new Unigram.Options(lowest, OptionalInt.of(unknown), new int[0])),
                ends,
                "converted " + file.digest() + " " + legacy + " " + ends);
    }

    /** Matches two spaces or more. */
    private static WordPattern spaces() {
        return (text, begin) -> {
            int end = WordPattern.endOfRun(text, begin, c -> c == ' ');
            return end - begin > 1 ? end : begin;
        };
    }

    /** The whole text is one word, in which spaces are characters. */
    static TokenizerSteps gemma(TokenizerFolder folder) {
        SentencePieceFile file = file(folder, "tokenizer.model", Algorithm.BPE);
        Map<String, Integer> ids = ids(file, file.pieces());
        return TokenizerSteps.of(
                ids,
                added(folder, file.pieces(), ids),
                new Normalizer.Replace(new Literal(" "), String.valueOf(SPACE)),
                new PreTokenizer.Split(new Literal(" "), Behavior.MERGED_WITH_PREVIOUS, false),
                PieceMerges.byScore(file, ids, file.unknown()),
                gemmaEnds(folder, ids),
                "gemma " + file.digest() + " " + gemmaEnds(folder, ids));
    }

    private static Ends gemmaEnds(TokenizerFolder folder, Map<String, Integer> ids) {
        JsonPart config = folder.config().tokenizer();
        int[] none = new int[0];
        return new Ends(
                config.flag("add_bos_token", true) ? new int[] {folder.id("bos_token", ids)} : none,
                config.flag("add_eos_token", false) ? new int[] {folder.id("eos_token", ids)} : none);
    }

    /** Sets the ends of a text, as the class does whatever the file says. */
    static TokenizerSteps adjustGemma(TokenizerSteps steps, TokenizerFolder folder) {
        return steps.with(gemmaEnds(folder, steps.ids()));
    }

    /** Lower-cases first. */
    static TokenizerSteps adjustSiglip2(TokenizerSteps steps, TokenizerFolder folder) {
        return steps.with(
                "lower case", new Normalizer.Sequence(List.of(new Normalizer.Lowercase(), steps.normalizer())));
    }

    /** Lower case, words, no ends. */
    static TokenizerSteps tipsv2(TokenizerFolder folder) {
        SentencePieceFile file = file(folder, "tokenizer.model", Algorithm.BPE);
        Map<String, Integer> ids = ids(file, file.pieces());
        List<Normalizer> steps = new ArrayList<>();
        boolean lowercase = folder.config().tokenizer().flag("do_lower_case", true);
        if (lowercase) {
            steps.add(new Normalizer.Lowercase());
        }
        if (file.map() != null) {
            steps.add(new Precompiled(file.map()));
        }
        return TokenizerSteps.of(
                ids,
                added(folder, file.pieces(), ids),
                new Normalizer.Sequence(steps),
                new PreTokenizer.Sequence(
                        List.of(PreTokenizer.whitespaceSplit(), new Metaspace(SPACE, Prepend.ALWAYS, true))),
                PieceMerges.byPlace(file, ids, null),
                Ends.NONE,
                "tipsv2 " + file.digest() + " " + lowercase);
    }

    private static SentencePieceFile file(TokenizerFolder folder, String name, Algorithm expected) {
        SentencePieceFile file = SentencePieceFile.read(folder.file(name));
        if (file.algorithm() != expected) {
            throw new ClapException("The SentencePiece model " + file.file() + " is of the type " + file.algorithm()
                    + ", but a " + folder.kind().name() + " has " + expected);
        }
        return file;
    }

    private static Map<String, Integer> ids(SentencePieceFile file, List<Piece> pieces) {
        Map<String, Integer> ids = new LinkedHashMap<>(2 * pieces.size());
        pieces.forEach(piece -> TokenIds.put(file.file(), ids, piece.content(), ids.size()));
        return ids;
    }

    /** Returns the tokens of the files, and the pieces that are special or never split. */
    private static List<AddedToken> added(TokenizerFolder folder, List<Piece> pieces, Map<String, Integer> ids) {
        List<AddedToken> added = new ArrayList<>(folder.added(ids, Set.of()));
        Set<String> known = new HashSet<>();
        added.forEach(token -> known.add(token.content()));
        pieces.stream()
                .filter(piece -> piece.type() == PieceType.CONTROL || piece.type() == PieceType.USER_DEFINED)
                .filter(piece -> known.add(piece.content()))
                .forEach(piece -> added.add(AddedToken.of(piece.content(), ids.get(piece.content()), false)));
        return added;
    }
}
