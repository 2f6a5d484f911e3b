package dev.clap4j.tokenizer;

import dev.clap4j.ClapException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pieces that texts are cut into and the order in which they are put together.
 *
 * @param source the file it comes from, for error messages
 * @param ids from piece to id; a piece that ends a word ends with {@code </w>}
 * @param merges pairs of pieces separated by a space, the earliest first
 */
record ClipVocabulary(Path source, Map<String, Integer> ids, List<String> merges) {
    static final String START = "<|startoftext|>";
    static final String END = "<|endoftext|>";

    /** How many merges of OpenAI's file CLIP uses; the file has more than that. */
    static final int OPENAI_MERGES = 49152 - 256 - 2;

    /** Far above any vocabulary; keeps a damaged file from asking for gigabytes. */
    private static final int MAX_ID = 10_000_000;

    ClipVocabulary {
        Map<Integer, String> pieces = new HashMap<>(2 * ids.size());
        ids.forEach((piece, id) -> {
            if (id < 0 || id > MAX_ID) {
                throw new ClapException(
                        "The vocabulary " + source + " gives \"" + piece + "\" the impossible id " + id);
            }
            String other = pieces.put(id, piece);
            if (other != null) {
                throw new ClapException("The vocabulary " + source + " gives the id " + id + " to two pieces, \""
                        + other + "\" and \"" + piece + "\"");
            }
        });
        for (String token : List.of(START, END)) {
            if (!ids.containsKey(token)) {
                throw new ClapException(
                        "The vocabulary " + source + " has no " + token + ": it is not one of a CLIP model");
            }
        }
    }

    /** The vocabulary that follows from merges alone: the bytes, the bytes that end a word, the merges, start, end. */
    static ClipVocabulary ofMerges(Path source, List<String> merges) {
        Map<String, Integer> ids = new LinkedHashMap<>(2 * merges.size() + 2000);
        for (int i = 0; i < 256; i++) {
            ids.put(ByteAlphabet.at(i), i);
        }
        for (int i = 0; i < 256; i++) {
            ids.put(ByteAlphabet.at(i) + ByteAlphabet.END_OF_WORD, 256 + i);
        }
        for (String merge : merges) {
            int space = merge.indexOf(' ');
            if (ids.put(merge.substring(0, space) + merge.substring(space + 1), ids.size()) != null) {
                throw new ClapException(
                        "The merges file " + source + " makes the same piece twice, by \"" + merge + "\" and before");
            }
        }
        ids.put(START, ids.size());
        ids.put(END, ids.size());
        return new ClipVocabulary(source, ids, merges).checked(source);
    }

    /**
     * This, if the merges can be carried out with its pieces.
     *
     * @param mergesFile where the merges come from
     * @throws ClapException if a merge takes or makes a piece that is not in the vocabulary
     */
    ClipVocabulary checked(Path mergesFile) {
        for (String merge : merges) {
            int space = merge.indexOf(' ');
            String left = merge.substring(0, space);
            String right = merge.substring(space + 1);
            for (String piece : List.of(left, right, left + right)) {
                if (!ids.containsKey(piece)) {
                    throw new ClapException("The merges of " + mergesFile + " do not belong to the vocabulary of "
                            + source + ": \"" + merge + "\" needs the piece \"" + piece
                            + "\", which the vocabulary lacks. Take both files from the same model");
                }
            }
        }
        return this;
    }

    /** From id to piece; null where an id has none. */
    String[] pieces() {
        String[] pieces = new String
                [ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1];
        ids.forEach((piece, id) -> pieces[id] = piece);
        return pieces;
    }
}
