package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.internal.tokenizer.pattern.ClipWords;
import dev.clap4j.internal.tokenizer.pattern.WordPattern;
import dev.clap4j.internal.tokenizer.pipeline.AddedToken;
import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import dev.clap4j.internal.tokenizer.pipeline.BytePairs;
import dev.clap4j.internal.tokenizer.pipeline.Ends;
import dev.clap4j.internal.tokenizer.pipeline.Merge;
import dev.clap4j.internal.tokenizer.pipeline.MergesFile;
import dev.clap4j.internal.tokenizer.pipeline.Normalizer;
import dev.clap4j.internal.tokenizer.pipeline.PreTokenizer;
import dev.clap4j.internal.tokenizer.pipeline.TokenIds;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerSteps;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps of byte-level BPE with {@code vocab.json} and {@code merges.txt}. */
final class BytePairSteps {
    private BytePairSteps() {}

    /** Lower-cases; the end of a word is marked. */
    static TokenizerSteps clip(TokenizerFolder folder) {
        List<Merge> merges = MergesFile.beside(folder.file("vocab.json"));
        Map<String, Integer> ids = TokenIds.read(folder.file("vocab.json"));
        Ends ends = ClipEnds.of(folder.file("vocab.json"), ids);
        List<AddedToken> added = folder.added(ids, ClipEnds.ALL);
        Normalizer normalizer = new Normalizer.Sequence(List.of(
                new Normalizer.Form(Form.NFC),
                new Normalizer.Replace(WordPattern.run(Characters::isSpace), " "),
                new Normalizer.Lowercase()));
        PreTokenizer words = new PreTokenizer.Sequence(
                List.of(PreTokenizer.Split.intoMatches(ClipWords.EXACT), new PreTokenizer.ByteLevel(false, true)));
        BytePairs model = model(folder, ids, merges, ByteAlphabet.END_OF_WORD);
        return TokenizerSteps.of(ids, added, normalizer, words, model, ends, "pair " + added);
    }

    /** Keeps capitals; the space before a word is part of it. */
    static TokenizerSteps roberta(TokenizerFolder folder) {
        List<Merge> merges = MergesFile.beside(folder.file("vocab.json"));
        Map<String, Integer> ids = TokenIds.read(folder.file("vocab.json"));
        boolean space = folder.config().tokenizer().flag("add_prefix_space", false);
        return TokenizerSteps.of(
                ids,
                folder.added(ids, Set.of()),
                Normalizer.none(),
                new PreTokenizer.ByteLevel(space, true),
                model(folder, ids, merges, ""),
                Ends.of(folder.id("cls_token", ids), folder.id("sep_token", ids)),
                "roberta " + space);
    }

    private static BytePairs model(
            TokenizerFolder folder, Map<String, Integer> ids, List<Merge> merges, String suffix) {
        return BytePairs.of(
                folder.file("vocab.json"), ids, folder.file("merges.txt"), merges, BytePairs.Options.of(suffix));
    }

    /** Sets whether a text gets a space in front, as the class does whatever the file says. */
    static TokenizerSteps adjustRoberta(TokenizerSteps steps, TokenizerFolder folder) {
        boolean space = folder.config().tokenizer().flag("add_prefix_space", false);
        return steps.preTokenizer() instanceof PreTokenizer.ByteLevel level && level.addPrefixSpace() != space
                ? steps.with("add_prefix_space " + space, new PreTokenizer.ByteLevel(space, level.intoWords()))
                : steps;
    }
}
