package dev.clap4j.internal.tokenizer;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import dev.clap4j.internal.tokenizer.pipeline.Ends;
import dev.clap4j.internal.tokenizer.pipeline.Padding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tokenizer of CLIP or a model like it, from text to token ids and back.
 *
 * <p>The ids match those of a {@link TokenizerReference}. OpenAI's and open_clip's tokenizers repair the text with
 * ftfy's rules, unescape HTML twice, collapse white space and lower-case the text; then they split it into words, and
 * each word into byte-level BPE tokens. Hugging Face's follow the steps in {@code tokenizer.json}, or else those of the
 * class that the other files name.
 *
 * <p>Immutable except for a cache of words, and thread-safe.
 */
public final class ClipTokenizer {
    /** The version of the rules, changed whenever the same vocabulary gives different ids for some text. */
    public static final String RULES = "2";

    /**
     * A limit on the length of a text: encoders take a few dozen tokens, so a longer text is a mistake and would cost
     * much time.
     */
    private static final int MOST_CHARACTERS = 1_000_000;

    private final LoadedTokenizer loaded;
    private final String[] vocabulary;
    private final Ends ends;
    private final int contextLength;

    private ClipTokenizer(LoadedTokenizer loaded, int contextLength) {
        this.loaded = loaded;
        this.vocabulary = loaded.vocabulary();
        this.ends = loaded.ends();
        this.contextLength = contextLength;
        if (contextLength < ends.count()) {
            throw new IllegalArgumentException("No room for start and end token in " + contextLength + " positions");
        }
    }

    /**
     * Loads a vocabulary.
     *
     * @param folderOrFile a folder with the files of a tokenizer; or {@code tokenizer.json}, which is then read as it is;
     *     {@code vocab.json} with {@code merges.txt} beside it; OpenAI's merges file {@code bpe_simple_vocab_16e6.txt},
     *     plain or {@code .gz}; or a SentencePiece model, which is then used as SigLIP's authors do
     * @param contextLength the number of positions of the text encoder, 77 for all of OpenAI's models
     * @param reference the implementation to match
     * @throws ClapException if there is no vocabulary, or it is damaged or of another kind
     */
    public static ClipTokenizer load(Path folderOrFile, int contextLength, TokenizerReference reference) {
        if (!Files.exists(folderOrFile)) {
            throw new ClapException("There is no tokenizer at " + folderOrFile + ": no such file or folder");
        }
        if (!Files.isDirectory(folderOrFile)) {
            return new ClipTokenizer(LoadedTokenizer.read(folderOrFile, reference), contextLength);
        }
        return find(folderOrFile, contextLength, reference)
                .orElseThrow(() -> new ClapException("The folder " + folderOrFile + " has no tokenizer: it should hold"
                        + " tokenizer.json, or vocab.json and merges.txt, or vocab.txt, or a SentencePiece model and"
                        + " tokenizer_config.json, or " + LoadedTokenizer.OPENAI_FILES.get(0)));
    }

    /**
     * Loads the tokenizer in a model's folder, if any.
     *
     * @param folder the model's folder
     * @param contextLength the number of positions of the text encoder
     * @param reference the implementation to match
     * @return empty if the folder has no tokenizer file
     * @throws ClapException if there is one but it is damaged, incomplete or of another kind
     */
    public static Optional<ClipTokenizer> find(Path folder, int contextLength, TokenizerReference reference) {
        return LoadedTokenizer.find(folder, reference).map(loaded -> new ClipTokenizer(loaded, contextLength));
    }

    /**
     * Encodes a text: the start token, the text's tokens, the end token; not padded.
     *
     * @return between 2 and {@link #contextLength()} ids
     * @throws ClapException if the text has too many tokens and {@code overflow} is {@link Overflow#ERROR}, if it is
     *     not valid Unicode, or if it has more than a million characters
     */
    public int[] encode(String text, Overflow overflow) {
        int[] body = ids(text);
        int count = body.length + ends.count();
        if (count > contextLength && overflow == Overflow.ERROR) {
            throw new ClapException("The text \"" + abbreviate(text) + "\" has " + count
                    + " tokens with the start and end token, the model takes " + contextLength
                    + ". Shorten it, or have it truncated");
        }
        int[] ids = ends.around(body, contextLength);
        for (int i = 0; i < ids.length && loaded.stripped().isPresent(); i++) {
            ids[i] = ids[i] == loaded.stripped().getAsInt() ? 0 : ids[i];
        }
        return ids;
    }

    /** Encodes each text, see {@link #encode(String, Overflow)}. */
    public List<int[]> encodeAll(List<String> texts, Overflow overflow) {
        return texts.stream().map(text -> encode(text, overflow)).toList();
    }

    /**
     * Encodes texts and pads them to the length of the context, as text encoders without a causal mask need it.
     *
     * @throws ClapException as {@link #encode}, or if the tokenizer has no padding token
     */
    public TokenBatch encodePadded(List<String> texts, Overflow overflow) {
        if (loaded.padding().id() == Padding.NONE) {
            throw new ClapException("The tokenizer has no padding token (pad_token)");
        }
        return TokenBatch.of(encodeAll(texts, overflow), loaded.padding(), contextLength);
    }

    /** Returns whether a text has more tokens than the model takes. */
    public boolean overflows(String text) {
        return ids(text).length + ends.count() > contextLength;
    }

    private int[] ids(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new ClapException("The text \"" + abbreviate(text) + "\" has " + text.length()
                    + " characters; the limit is " + MOST_CHARACTERS);
        }
        requireUnicode(text);
        return loaded.pipeline().ids(loaded.cleaning().apply(text));
    }

    private static void requireUnicode(String text) {
        boolean broken = text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
        if (broken) {
            throw new ClapException(
                    "The text \"" + abbreviate(text) + "\" holds half of a surrogate pair: it is damaged");
        }
    }

    private static String abbreviate(String text) {
        return text.codePointCount(0, text.length()) <= 80
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 79)) + "…";
    }

    /**
     * Returns the tokens of ids as spelled in the vocabulary: {@code photo</w>} ends a word, {@code photo} does not.
     *
     * @throws ClapException if an id is not in the vocabulary
     */
    public List<String> pieces(int... ids) {
        return Arrays.stream(ids).mapToObj(this::piece).toList();
    }

    private String piece(int id) {
        String piece = id < 0 || id >= vocabulary.length ? null : vocabulary[id];
        if (piece == null) {
            throw new ClapException(
                    "There is no token " + id + ": the vocabulary's ids run from 0 to " + (vocabulary.length - 1));
        }
        return piece;
    }

    /** Decodes ids to a text, with a space after each word; special tokens are included. */
    public String decode(int... ids) {
        return ByteAlphabet.decode(String.join("", pieces(ids)));
    }

    /** Returns whether a text gets a start token and an end token. */
    public boolean hasStartAndEnd() {
        return ends.before().length > 0 && ends.after().length > 0;
    }

    /** Returns the id of the start token; there must be one. */
    public int startId() {
        return ends.before()[0];
    }

    /** Returns the id of the end token, which must exist, at whose position the text encoder reads the feature. */
    public int endId() {
        return ends.after()[ends.after().length - 1];
    }

    /** Returns the number of special tokens before every text. */
    public int tokensBefore() {
        return ends.before().length;
    }

    /** Returns the number of special tokens after every text. */
    public int tokensAfter() {
        return ends.after().length;
    }

    /** Returns how texts are padded, if the tokenizer has a padding token. */
    public Optional<Padding> padding() {
        return Optional.of(loaded.padding()).filter(padding -> padding.id() != Padding.NONE);
    }

    /** Returns the number of ids, which is the number of rows of the model's token embedding. */
    public int vocabSize() {
        return vocabulary.length;
    }

    /** Returns the maximum number of tokens of a text, including the start and end tokens. */
    public int contextLength() {
        return contextLength;
    }

    /**
     * Returns a fingerprint of everything that determines the ids: vocabulary, merges, steps, and the version of the
     * rules. Tokenizers with the same fingerprint give the same ids.
     *
     * @return 32 hexadecimal digits
     */
    public String fingerprint() {
        return Digests.of(loaded.description());
    }
}
