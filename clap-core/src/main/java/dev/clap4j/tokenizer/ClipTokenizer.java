package dev.clap4j.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CLIP's tokenizer: from a text to the ids that the text encoder takes, and back.
 *
 * <p>The ids are those of OpenAI's {@code clip.tokenize}: the text is cleaned (HTML character references replaced
 * twice, white space collapsed, lower case), cut into words, and each word into the pieces of a byte-level BPE. The
 * reference also runs ftfy, which this does not: ftfy mends broken encodings, straightens curly quotes, unfolds
 * ligatures and full-width letters, composes combining marks, and drops control characters. Ordinary prompts have the
 * same ids with and without it.
 *
 * <p>Holds native memory: whoever loads it closes it. Safe for several threads.
 */
public final class ClipTokenizer implements AutoCloseable {
    /** In the order in which they are looked for in a folder. */
    private static final List<String> OPENAI_FILES =
            List.of("bpe_simple_vocab_16e6.txt.gz", "bpe_simple_vocab_16e6.txt");

    private final HuggingFaceTokenizer pieces;
    private final boolean cleans;
    private final String[] vocabulary;
    private final int startId;
    private final int endId;
    private final int contextLength;

    private ClipTokenizer(ClipVocabulary vocabulary, String json, boolean cleans, int contextLength) {
        if (contextLength < 2) {
            throw new IllegalArgumentException("No room for start and end token in " + contextLength + " positions");
        }
        this.pieces = open(vocabulary.source(), json);
        this.cleans = cleans;
        this.vocabulary = vocabulary.pieces();
        this.startId = vocabulary.ids().get(ClipVocabulary.START);
        this.endId = vocabulary.ids().get(ClipVocabulary.END);
        this.contextLength = contextLength;
    }

    /**
     * Loads a vocabulary.
     *
     * @param folderOrFile {@code tokenizer.json}; {@code vocab.json} with {@code merges.txt} beside it; OpenAI's merges
     *     file {@code bpe_simple_vocab_16e6.txt}, plain or {@code .gz}; or a folder with one of these
     * @param contextLength the number of positions of the text encoder, 77 for all of OpenAI's models
     * @throws ClapException if there is no vocabulary, or it is damaged or of another kind
     */
    public static ClipTokenizer load(Path folderOrFile, int contextLength) {
        if (!Files.exists(folderOrFile)) {
            throw new ClapException("There is no tokenizer at " + folderOrFile + ": no such file or folder");
        }
        if (!Files.isDirectory(folderOrFile)) {
            return loadFile(folderOrFile, contextLength);
        }
        return find(folderOrFile, contextLength)
                .orElseThrow(() -> new ClapException("The folder " + folderOrFile + " has no tokenizer: it should hold"
                        + " tokenizer.json, or vocab.json and merges.txt, or " + OPENAI_FILES.get(0)));
    }

    /**
     * The tokenizer of a model's folder, or nothing where there is no file of one.
     *
     * @param folder where to look
     * @param contextLength the number of positions of the text encoder
     * @throws ClapException if there is one but it is damaged, incomplete or of another kind
     */
    public static Optional<ClipTokenizer> find(Path folder, int contextLength) {
        if (Files.exists(folder.resolve("tokenizer.json"))) {
            return Optional.of(loadFile(folder.resolve("tokenizer.json"), contextLength));
        }
        if (Files.exists(folder.resolve("vocab.json")) || Files.exists(folder.resolve("merges.txt"))) {
            return Optional.of(loadFile(folder.resolve("vocab.json"), contextLength));
        }
        return OPENAI_FILES.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .map(file -> loadFile(file, contextLength));
    }

    private static ClipTokenizer loadFile(Path file, int contextLength) {
        String name = file.getFileName().toString();
        if (name.equals("vocab.json")) {
            return of(VocabularyFiles.readPair(file, file.resolveSibling("merges.txt")), contextLength);
        }
        if (!name.endsWith(".json")) {
            return of(VocabularyFiles.readOpenAi(file), contextLength);
        }
        JsonNode tokenizer = VocabularyFiles.readObject(file);
        ClipVocabulary vocabulary = VocabularyFiles.readModel(file, tokenizer);
        return TokenizerJson.isClip(tokenizer)
                ? of(vocabulary, contextLength)
                : new ClipTokenizer(vocabulary, tokenizer.toString(), false, contextLength);
    }

    private static ClipTokenizer of(ClipVocabulary vocabulary, int contextLength) {
        return new ClipTokenizer(vocabulary, TokenizerJson.of(vocabulary), true, contextLength);
    }

    private static HuggingFaceTokenizer open(Path source, String json) {
        // The library would otherwise report its use to its makers and look for a GPU build of itself to download.
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
        Map<String, String> options = Map.of(
                "addSpecialTokens", "false",
                "truncation", "false",
                "padding", "false",
                "modelMaxLength", String.valueOf(Integer.MAX_VALUE));
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), options);
        } catch (IOException | RuntimeException e) {
            throw new ClapException("Cannot make a tokenizer of " + source + ": " + e.getMessage(), e);
        }
    }

    /**
     * The ids of a text: the start token, its pieces, the end token; not padded.
     *
     * @return between 2 and {@link #contextLength()} ids
     * @throws ClapException if the text has too many tokens and {@code overflow} is {@link Overflow#ERROR}, or if it
     *     is no valid Unicode
     */
    public int[] encode(String text, Overflow overflow) {
        int[] body = ids(text);
        int count = body.length + 2;
        if (count > contextLength && overflow == Overflow.ERROR) {
            throw new ClapException("The text \"" + abbreviate(text) + "\" has " + count
                    + " tokens with the start and end token, the model takes " + contextLength
                    + ". Shorten it, or have it truncated");
        }
        int[] ids = new int[Math.min(count, contextLength)];
        System.arraycopy(body, 0, ids, 1, ids.length - 2);
        ids[0] = startId;
        ids[ids.length - 1] = endId;
        return ids;
    }

    /** The ids of each text, see {@link #encode(String, Overflow)}. */
    public List<int[]> encodeAll(List<String> texts, Overflow overflow) {
        return texts.stream().map(text -> encode(text, overflow)).toList();
    }

    /** Whether a text has more tokens than the model takes. */
    public boolean overflows(String text) {
        return ids(text).length + 2 > contextLength;
    }

    private int[] ids(String text) {
        requireUnicode(text);
        if (!cleans) {
            return pieceIds(text);
        }
        String clean = TextCleaning.clean(text);
        if (!clean.contains("<|")) {
            return pieceIds(clean);
        }
        List<int[]> parts = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < clean.length(); ) {
            String special = specialAt(clean, i);
            // In the middle of punctuation the reference sees no special token.
            if (special == null || (i > begin && isInPunctuation(clean.codePointBefore(i)))) {
                i++;
                continue;
            }
            parts.add(pieceIds(clean.substring(begin, i)));
            parts.add(new int[] {special.equals(ClipVocabulary.START) ? startId : endId});
            i += special.length();
            begin = i;
        }
        parts.add(pieceIds(clean.substring(begin)));
        return parts.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private static String specialAt(String text, int at) {
        if (text.startsWith(ClipVocabulary.START, at)) {
            return ClipVocabulary.START;
        }
        return text.startsWith(ClipVocabulary.END, at) ? ClipVocabulary.END : null;
    }

    private static boolean isInPunctuation(int before) {
        return !TextCleaning.isSpace(before)
                && before != 0x345
                && switch (Character.getType(before)) {
                    case Character.UPPERCASE_LETTER,
                            Character.LOWERCASE_LETTER,
                            Character.TITLECASE_LETTER,
                            Character.MODIFIER_LETTER,
                            Character.OTHER_LETTER,
                            Character.DECIMAL_DIGIT_NUMBER,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER -> false;
                    default -> true;
                };
    }

    private int[] pieceIds(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        return Arrays.stream(pieces.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
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
        return startId;
    }

    /** The id of the token that ends every text, at which the text encoder's feature is read. */
    public int endId() {
        return endId;
    }

    /** The number of ids, the rows that the model's token embedding needs. */
    public int vocabSize() {
        return vocabulary.length;
    }

    /** The most tokens of a text, start and end token included. */
    public int contextLength() {
        return contextLength;
    }

    @Override
    public void close() {
        pieces.close();
    }
}
