package dev.clap4j.internal.tokenizer;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import dev.clap4j.internal.tokenizer.pipeline.BytePairs;
import dev.clap4j.internal.tokenizer.pipeline.Merge;
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
    static final String START = "<|startoftext|>";
    static final String END = "<|endoftext|>";

    /** The number of merges of OpenAI's file that CLIP uses; the file has more. */
    static final int OPENAI_MERGES = 49152 - 256 - 2;

    ClipVocabulary {
        requireEnds(source, ids);
    }

    /** Checks that there is a start and an end token. */
    static void requireEnds(Path source, Map<String, Integer> ids) {
        for (String token : List.of(START, END)) {
            if (!ids.containsKey(token)) {
                throw new ClapException(
                        "The vocabulary " + source + " has no " + token + ": it is not one of a CLIP model");
            }
        }
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
