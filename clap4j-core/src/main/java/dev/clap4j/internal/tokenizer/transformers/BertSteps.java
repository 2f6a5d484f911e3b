package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.tokenizer.json.JsonPart;
import dev.clap4j.internal.tokenizer.pipeline.Behavior;
import dev.clap4j.internal.tokenizer.pipeline.BertNormalizer;
import dev.clap4j.internal.tokenizer.pipeline.Ends;
import dev.clap4j.internal.tokenizer.pipeline.PreTokenizer;
import dev.clap4j.internal.tokenizer.pipeline.TokenIds;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerSteps;
import dev.clap4j.internal.tokenizer.pipeline.WordPiece;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps of BERT's word pieces with {@code vocab.txt}, a piece a line. */
final class BertSteps {
    private static final int MOST_BYTES = 64 << 20;
    private static final int LONGEST_WORD = 100;

    /** Of the original code, which Chinese-CLIP's authors use. */
    private static final int LONGEST_WORD_OF_ORIGINAL = 200;

    private BertSteps() {}

    static TokenizerSteps of(TokenizerFolder folder) {
        Map<String, Integer> ids = read(folder.file("vocab.txt"));
        BertNormalizer normalizer = normalizer(folder.config().tokenizer(), true);
        return TokenizerSteps.of(
                ids,
                folder.added(ids, Set.of()),
                normalizer,
                PreTokenizer.bert(),
                model(folder, ids, LONGEST_WORD),
                ends(folder, ids),
                normalizer.toString());
    }

    /** The original code: special tokens that a text spells are text. */
    static TokenizerSteps original(TokenizerFolder folder) {
        Map<String, Integer> ids = read(folder.file("vocab.txt"));
        BertNormalizer normalizer = new BertNormalizer(true, true, true, true, true);
        return TokenizerSteps.of(
                ids,
                List.of(),
                normalizer,
                new PreTokenizer.Sequence(List.of(
                        PreTokenizer.whitespaceSplit(),
                        PreTokenizer.punctuation(Characters::isPunctuationOrSign, Behavior.ISOLATED))),
                model(folder, ids, LONGEST_WORD_OF_ORIGINAL),
                ends(folder, ids),
                normalizer.toString());
    }

    private static WordPiece model(TokenizerFolder folder, Map<String, Integer> ids, int longest) {
        return new WordPiece(ids, new WordPiece.Options("##", folder.id("unk_token", ids), longest));
    }

    private static Ends ends(TokenizerFolder folder, Map<String, Integer> ids) {
        return Ends.of(folder.id("cls_token", ids), folder.id("sep_token", ids));
    }

    private static Map<String, Integer> read(Path file) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        InputFiles.readText(file, MOST_BYTES).lines().forEach(line -> TokenIds.put(file, ids, line, ids.size()));
        if (ids.isEmpty()) {
            throw new ClapException("The vocabulary " + file + " is empty");
        }
        return ids;
    }

    /** Sets the treatment of letters, as the class does whatever the file says. */
    static TokenizerSteps adjust(TokenizerSteps steps, TokenizerFolder folder) {
        if (!(steps.normalizer() instanceof BertNormalizer own)) {
            return steps;
        }
        BertNormalizer normalizer = normalizer(folder.config().tokenizer(), own.cleanText());
        return normalizer.equals(own) ? steps : steps.with(normalizer.toString(), normalizer);
    }

    private static BertNormalizer normalizer(JsonPart config, boolean cleanText) {
        boolean lowercase = config.flag("do_lower_case", true);
        return new BertNormalizer(
                cleanText,
                config.flag("tokenize_chinese_chars", true),
                config.flag("strip_accents", lowercase),
                lowercase,
                false);
    }
}
