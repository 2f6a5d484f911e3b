package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.ConfigSection;
import dev.clap4j.internal.checkpoint.EndOfText;
import dev.clap4j.internal.checkpoint.TextCheckpoint;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.TokenizerReference;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text encoder and its tokenizer.
 *
 * @param checkpoint the text encoder
 * @param tokenizer the tokenizer
 * @param length the number of tokens to which every text is padded or cut
 */
record TextPart(TextCheckpoint checkpoint, ClipTokenizer tokenizer, int length) {
    private static final String LENGTH = "model_max_length";

    /**
     * Opens both.
     *
     * @param suffix empty, or {@code _2} for the second pair of a pipeline
     * @throws ClapException if one is missing or invalid, or they do not belong together
     */
    static TextPart open(Path pipeline, String suffix) {
        PartFolder encoder = PartFolder.of(pipeline, "text_encoder" + suffix);
        Path tokens = PartFolder.of(pipeline, "tokenizer" + suffix).path();
        TextCheckpoint checkpoint = TextCheckpoint.open(encoder.config(), encoder.weights(), !suffix.isEmpty());
        int length = length(tokens, checkpoint.network().contextLength());
        ClipTokenizer tokenizer = tokenizer(tokens, length);
        if (tokenizer.vocabSize() > checkpoint.network().vocabSize()) {
            throw new ClapException("The tokenizer in " + tokens + " has " + tokenizer.vocabSize()
                    + " tokens, but the text encoder in " + encoder.path() + " knows "
                    + checkpoint.network().vocabSize());
        }
        if (!suffix.isEmpty()) {
            requireEnd(checkpoint, tokenizer, encoder);
        }
        return new TextPart(checkpoint, tokenizer, length);
    }

    /** The end token is where a pooled state is read. */
    private static void requireEnd(TextCheckpoint checkpoint, ClipTokenizer tokenizer, PartFolder encoder) {
        EndOfText end = checkpoint.endOfText();
        if (!end.isHighestId() && end.token() != tokenizer.endId()) {
            throw new ClapException(encoder.config() + ": eos_token_id is " + end.token()
                    + ", but the tokenizer ends texts with " + tokenizer.endId());
        }
    }

    /**
     * Reads a tokenizer.
     *
     * @param length the number of tokens to which texts are padded or cut
     * @throws ClapException if it is missing, invalid, or cannot pad
     */
    static ClipTokenizer tokenizer(Path tokens, int length) {
        ClipTokenizer tokenizer = ClipTokenizer.load(tokens, length, TokenizerReference.HUGGING_FACE);
        if (!tokenizer.hasStartAndEnd() || tokenizer.padding().isEmpty()) {
            throw new ClapException("The tokenizer in " + tokens + " lacks the token for the start, the end or the"
                    + " padding of a text");
        }
        return tokenizer;
    }

    /** Returns the length to which a tokenizer pads or cuts texts, at most the positions of the text encoder. */
    static int length(Path tokenizer, int positions) {
        Path file = tokenizer.resolve("tokenizer_config.json");
        if (!Files.exists(file)) {
            return positions;
        }
        ConfigSection config = ConfigSection.read(file);
        int length = config.has(LENGTH) ? config.extent(LENGTH, positions) : positions;
        if (length > positions || length < 2) {
            throw config.unexpected(LENGTH, "2 to " + positions + ", the positions of the text encoder");
        }
        return length;
    }
}
