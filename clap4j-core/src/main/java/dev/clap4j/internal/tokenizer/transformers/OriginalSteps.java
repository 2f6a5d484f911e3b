package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.cleaning.SiglipText;
import dev.clap4j.internal.tokenizer.pipeline.AddedToken;
import dev.clap4j.internal.tokenizer.pipeline.ByteTokens;
import dev.clap4j.internal.tokenizer.pipeline.Ends;
import dev.clap4j.internal.tokenizer.pipeline.Model;
import dev.clap4j.internal.tokenizer.pipeline.Normalizer;
import dev.clap4j.internal.tokenizer.pipeline.PreTokenizer;
import dev.clap4j.internal.tokenizer.pipeline.SentencePieceNormalizer;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerSteps;
import dev.clap4j.internal.tokenizer.pipeline.Unigram;
import dev.clap4j.internal.tokenizer.pipeline.Unigram.Scored;
import dev.clap4j.internal.tokenizer.pipeline.WithoutPrefix;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile.Algorithm;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile.Piece;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile.PieceType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The steps of tokenizers that run SentencePiece itself. */
final class OriginalSteps {
    private static final PreTokenizer WHOLE = new PreTokenizer.Sequence(List.of());

    private OriginalSteps() {}

    /**
     * SigLIP's in Transformers: without punctuation; a special token that a text spells is one. Every part of a text is
     * encoded after the unknown token's spelling, so that it gets no space in front, and the whole text gets one.
     */
    static TokenizerSteps siglip(TokenizerFolder folder) {
        SentencePieceFile file = SentencePieceFile.read(folder.file("spiece.model"));
        Map<String, Integer> ids = file.ids();
        String prefix = folder.role("unk_token").orElseThrow();
        boolean lowercase = folder.config().tokenizer().flag("do_lower_case", true);
        Normalizer pieces = normalizer(file);
        Model model = model(file, ids);
        int end = folder.id("eos_token", ids);
        return TokenizerSteps.of(
                        ids,
                        folder.added(ids, Set.of()),
                        new Normalizer.Sequence(List.of(
                                new Normalizer.Custom(text -> prefix + SiglipText.canonicalize(text, lowercase)),
                                pieces)),
                        WHOLE,
                        new WithoutPrefix(model, model.ids(pieces.apply(prefix)).length),
                        new Ends(new int[0], new int[] {end}, true),
                        "siglip " + file.digest() + " " + lowercase)
                .before(new Normalizer.Custom(
                        text -> SentencePieceNormalizer.SPACE + text.replace(SentencePieceNormalizer.SPACE, ' ')));
    }

    /**
     * The authors' own for SigLIP: without capitals from A to Z, with an end token.
     *
     * @param path the model's file
     */
    static TokenizerSteps bigVision(Path path) {
        SentencePieceFile file = SentencePieceFile.read(path);
        if (file.end() < 0) {
            throw new ClapException("The SentencePiece model " + path + " has no end piece");
        }
        Map<String, Integer> ids = file.ids();
        return TokenizerSteps.of(
                ids,
                userDefined(file),
                new Normalizer.Sequence(List.of(new Normalizer.Custom(SiglipText::lowerAscii), normalizer(file))),
                WHOLE,
                model(file, ids),
                new Ends(new int[0], new int[] {file.end()}),
                "big_vision " + file.digest());
    }

    private static Normalizer normalizer(SentencePieceFile file) {
        return new SentencePieceNormalizer(file.map(), file.spaces());
    }

    private static Model model(SentencePieceFile file, Map<String, Integer> ids) {
        boolean isUnused = file.pieces().stream().anyMatch(piece -> piece.type() == PieceType.UNUSED);
        if (isUnused) {
            throw new ClapException(
                    "The SentencePiece model " + file.file() + " has unused pieces, which are not supported");
        }
        return file.algorithm() == Algorithm.BPE ? PieceMerges.original(file, ids) : unigram(file, ids);
    }

    private static Unigram unigram(SentencePieceFile file, Map<String, Integer> ids) {
        List<Scored> scored = new ArrayList<>();
        double lowest = Double.MAX_VALUE;
        for (int id = 0; id < file.pieces().size(); id++) {
            Piece piece = file.pieces().get(id);
            if (piece.type() == PieceType.NORMAL) {
                scored.add(new Scored(piece.content(), id, piece.score()));
                lowest = Math.min(lowest, piece.score());
            }
        }
        int[] bytes = file.byteFallback() ? ByteTokens.ids(ids) : new int[0];
        return new Unigram(scored, new Unigram.Options(lowest, OptionalInt.of(file.unknown()), bytes));
    }

    /** Returns the pieces that are never split. They stay as they are if the normalizer changes spaces only. */
    private static List<AddedToken> userDefined(SentencePieceFile file) {
        List<AddedToken> tokens = new ArrayList<>();
        for (int id = 0; id < file.pieces().size(); id++) {
            if (file.pieces().get(id).type() == PieceType.USER_DEFINED) {
                tokens.add(AddedToken.of(file.pieces().get(id).content(), id, true));
            }
        }
        boolean changes = file.map() != null
                || file.spaces().addDummyPrefix()
                || file.spaces().removeExtraWhitespaces();
        if (changes && !tokens.isEmpty()) {
            throw new ClapException("The SentencePiece model " + file.file()
                    + " has user-defined pieces and a normalizer, which is not supported");
        }
        return tokens;
    }
}
