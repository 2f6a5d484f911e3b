package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.pipeline.Ends;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The start and end tokens of CLIP's vocabularies. */
public final class ClipEnds {
    /** The start token. */
    public static final String START = "<|startoftext|>";

    /** The end token. */
    public static final String END = "<|endoftext|>";

    static final Set<String> ALL = Set.of(START, END);

    private ClipEnds() {}

    /**
     * Returns the tokens around a text.
     *
     * @param source the file of the vocabulary, for error messages
     * @throws ClapException if the vocabulary lacks one of them
     */
    public static Ends of(Path source, Map<String, Integer> ids) {
        for (String token : List.of(START, END)) {
            if (!ids.containsKey(token)) {
                throw new ClapException(
                        "The vocabulary " + source + " has no " + token + ": it is not one of a CLIP model");
            }
        }
        return Ends.of(ids.get(START), ids.get(END));
    }
}
