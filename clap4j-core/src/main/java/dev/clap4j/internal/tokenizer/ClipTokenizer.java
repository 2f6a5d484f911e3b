package dev.clap4j.internal.tokenizer;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import dev.clap4j.internal.tokenizer.pipeline.Ends;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * CLIP's tokenizer: from a text to the ids that the text encoder takes, and back.
 *
 * <p>The ids are those of a {@link TokenizerReference}. OpenAI's and open_clip's mend the text with ftfy's rules, replace HTML
 * character references twice, collapse white space and make letters lower case; then they cut it into words, and each word
 * into the pieces of a byte-level BPE. Hugging Face's goes through the steps of {@code tokenizer.json}.
 *
 * <p>Immutable but for a store of known words, and safe for several threads.
 */
public final class ClipTokenizer {
    /** Another one whenever the same vocabulary gives other ids for some text. */
    public static final String RULES = "2";

    /** In the order in which they are looked for in a folder. */
    private static final List<String> OPENAI_FILES =
            List.of("bpe_simple_vocab_16e6.txt.gz", "bpe_simple_vocab_16e6.txt");

    /** A text encoder takes some dozens of tokens; more characters than this are a mistake, and would cost much time. */
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
     * @param folderOrFile {@code tokenizer.json}; {@code vocab.json} with {@code merges.txt} beside it; OpenAI's merges
     *     file {@code bpe_simple_vocab_16e6.txt}, plain or {@code .gz}; or a folder with one of these
     * @param contextLength the number of positions of the text encoder, 77 for all of OpenAI's models
     * @param reference whose ids to give
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
                        + " tokenizer.json, or vocab.json and merges.txt, or " + OPENAI_FILES.get(0)));
    }

    /**
     * The tokenizer of a model's folder, or nothing where there is no file of one.
     *
     * @param folder where to look
     * @param contextLength the number of positions of the text encoder
     * @param reference whose ids to give
     * @throws ClapException if there is one but it is damaged, incomplete or of another kind
     */
    public static Optional<ClipTokenizer> find(Path folder, int contextLength, TokenizerReference reference) {
        return file(folder).map(file -> new ClipTokenizer(LoadedTokenizer.read(file, reference), contextLength));
    }

    private static Optional<Path> file(Path folder) {
        if (Files.exists(folder.resolve("tokenizer.json"))) {
            return Optional.of(folder.resolve("tokenizer.json"));
        }
        if (Files.exists(folder.resolve("vocab.json")) || Files.exists(folder.resolve("merges.txt"))) {
            return Optional.of(folder.resolve("vocab.json"));
        }
        return OPENAI_FILES.stream().map(folder::resolve).filter(Files::exists).findFirst();
    }

    /**
     * The ids of a text: the start token, its pieces, the end token; not padded.
     *
     * @return between 2 and {@link #contextLength()} ids
     * @throws ClapException if the text has too many tokens and {@code overflow} is {@link Overflow#ERROR}, if it is no
     *     valid Unicode, or if it has more than a million characters
     */
    public int[] encode(String text, Overflow overflow) {
        int[] body = ids(text);
        int count = body.length + ends.count();
        if (count > contextLength && overflow == Overflow.ERROR) {
            throw new ClapException("The text \"" + abbreviate(text) + "\" has " + count
                    + " tokens with the start and end token, the model takes " + contextLength
                    + ". Shorten it, or have it truncated");
        }
        return ends.around(body, contextLength);
    }

    /** The ids of each text, see {@link #encode(String, Overflow)}. */
    public List<int[]> encodeAll(List<String> texts, Overflow overflow) {
        return texts.stream().map(text -> encode(text, overflow)).toList();
    }

    /** Tells whether a text has more tokens than the model takes. */
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
            throw new ClapException("The text \"" + abbreviate(text)
                    + "\" holds half of a surrogate pair: it was damaged before it came here");
        }
    }

    private static String abbreviate(String text) {
        return text.codePointCount(0, text.length()) <= 80
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 79)) + "…";
    }

    /**
     * The pieces behind ids, as the vocabulary spells them: {@code photo</w>} ends a word, {@code photo} does not.
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

    /** The text that ids spell, with a space after each word; special tokens are spelled out. */
    public String decode(int... ids) {
        return ByteAlphabet.decode(String.join("", pieces(ids)));
    }

    /** The id of the token that begins every text. */
    public int startId() {
        return ends.before()[0];
    }

    /** The id of the token that ends every text, at which the text encoder's feature is read. */
    public int endId() {
        return ends.after()[ends.after().length - 1];
    }

    /** The number of ids, the rows that the model's token embedding needs. */
    public int vocabSize() {
        return vocabulary.length;
    }

    /** The most tokens of a text, start and end token included. */
    public int contextLength() {
        return contextLength;
    }

    /**
     * Identifies everything that decides about the ids of texts: vocabulary, merges, steps, and the rules of this
     * version. Two tokenizers with the same fingerprint give the same ids.
     *
     * @return 32 hexadecimal digits
     */
    public String fingerprint() {
        return Digests.of(loaded.description());
    }
}
