package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.internal.tokenizer.pipeline.BytePairs;
import dev.clap4j.internal.tokenizer.pipeline.BytePairs.Options;
import dev.clap4j.internal.tokenizer.pipeline.Merge;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile.Piece;
import dev.clap4j.internal.tokenizer.sentencepiece.SentencePieceFile.PieceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The merges that a SentencePiece model of BPE implies: every two pieces that together are a piece. */
final class PieceMerges {
    private PieceMerges() {}

    /**
     * A way to form a piece.
     *
     * @param order when the piece is formed; lower numbers come first
     */
    private record Way(Merge merge, double order) {
        static final Comparator<Way> BY_SCORE = Comparator.comparingDouble(Way::order)
                .thenComparing(way -> -way.merge.left().codePoints().count())
                .thenComparing(way -> -way.merge.right().codePoints().count());

        static final Comparator<Way> BY_PLACE = Comparator.comparingDouble(Way::order)
                .thenComparing(way -> way.merge.left().codePoints().count())
                .thenComparing(way -> way.merge.right().codePoints().count());
    }

    /** Merges the pieces with the highest score first, as Transformers does for Gemma. */
    static BytePairs byScore(SentencePieceFile file, Map<String, Integer> ids, Integer unknown) {
        List<Way> ways = ways(file, ids, piece -> true, true);
        ways.sort(Way.BY_SCORE);
        return model(file, ids, ways, new Options("", "", unknown, true, true, false, false));
    }

    /** Merges the pieces in the order of their ids, as Transformers does for TIPS. */
    static BytePairs byPlace(SentencePieceFile file, Map<String, Integer> ids, Integer unknown) {
        List<Way> ways = ways(file, ids, piece -> true, false);
        ways.sort(Way.BY_PLACE);
        return model(file, ids, ways, new Options("", "", unknown, true, true, false, false));
    }

    /** Merges the pieces with the highest score first, wherever they are formed, as SentencePiece itself. */
    static BytePairs original(SentencePieceFile file, Map<String, Integer> ids) {
        List<Way> ways = ways(file, ids, piece -> piece.type() == PieceType.NORMAL, true);
        ways.sort(Comparator.comparingDouble(Way::order).thenComparing(way -> way.merge.joined()));
        return model(file, ids, ways, new Options("", "", file.unknown(), true, file.byteFallback(), false, true));
    }

    private static List<Way> ways(
            SentencePieceFile file, Map<String, Integer> ids, Predicate<Piece> filter, boolean byScore) {
        List<Way> ways = new ArrayList<>();
        for (int i = 0; i < file.pieces().size(); i++) {
            Piece piece = file.pieces().get(i);
            String content = piece.content();
            double order = byScore ? -piece.score() : i;
            for (int cut = 1; filter.test(piece) && cut < content.length(); cut++) {
                Merge merge = new Merge(content.substring(0, cut), content.substring(cut));
                if (ids.containsKey(merge.left()) && ids.containsKey(merge.right())) {
                    ways.add(new Way(merge, order));
                }
            }
        }
        return ways;
    }

    private static BytePairs model(SentencePieceFile file, Map<String, Integer> ids, List<Way> ways, Options options) {
        return BytePairs.of(
                file.file(), ids, file.file(), ways.stream().map(Way::merge).toList(), options);
    }
}
