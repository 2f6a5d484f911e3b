package dev.clap4j.internal.tokenizer;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import dev.clap4j.internal.tokenizer.pipeline.BytePairs;
import dev.clap4j.internal.tokenizer.pipeline.Merge;
import dev.clap4j.internal.tokenizer.pipeline.MergesFile;
import dev.clap4j.internal.tokenizer.pipeline.TokenIds;
import dev.clap4j.internal.tokenizer.transformers.ClipEnds;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of a CLIP vocabulary and the merges that form them.
 *
 * @param source the file of the tokens, for error messages
 * @param ids ids by token; a token that ends a word ends with {@code </w>}
 * @param mergesFile the file of the merges, for error messages
 * @param merges the merges in the order in which they were learned
 */
record ClipVocabulary(Path source, Map<String, Integer> ids, Path mergesFile, List<Merge> merges) {
    static final String START = ClipEnds.START;
    static final String END = ClipEnds.END;

    /** The number of merges of OpenAI's file that CLIP uses; the file has more. */
    static final int OPENAI_MERGES = 49152 - 256 - 2;

    ClipVocabulary {
        ClipEnds.of(source, ids);
    }

    /** Reads a {@code vocab.json} and the {@code merges.txt} beside it. */
    static ClipVocabulary readPair(Path file) {
        List<Merge> merges = MergesFile.beside(file);
        return new ClipVocabulary(file, TokenIds.read(file), file.resolveSibling("merges.txt"), merges);
    }

    /** Reads OpenAI's merges file, which implies the vocabulary. */
    static ClipVocabulary readOpenAi(Path file) {
        return ofMerges(file, MergesFile.openAi(file, OPENAI_MERGES));
    }

    /** Creates the vocabulary implied by merges: the bytes, the bytes that end a word, the merges, start, end. */
    static ClipVocabulary ofMerges(Path source, List<Merge> merges) {
        Map<String, Integer> ids = new LinkedHashMap<>(2 * merges.size() + 2000);
        for (int i = 0; i < 256; i++) {
            ids.put(ByteAlphabet.at(i), i);
        }
        for (int i = 0; i < 256; i++) {
            ids.put(ByteAlphabet.at(i) + ByteAlphabet.END_OF_WORD, 256 + i);
        }
        for (Merge merge : merges) {
            if (ids.put(merge.joined(), ids.size()) != null) {
                throw new ClapException(
                        "The merges file " + source + " makes the same piece twice, by \"" + merge + "\" and before");
            }
        }
        ids.put(START, ids.size());
        ids.put(END, ids.size());
        return new ClipVocabulary(source, ids, source, merges);
    }

    /**
     * Creates the model that splits words into these tokens.
     *
     * @throws ClapException if a merge uses or forms a token that is not in the vocabulary
     */
    BytePairs model() {
        return BytePairs.of(source, ids, mergesFile, merges, BytePairs.Options.of(ByteAlphabet.END_OF_WORD));
    }
}
