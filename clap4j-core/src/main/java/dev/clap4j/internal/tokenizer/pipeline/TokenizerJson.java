package dev.clap4j.internal.tokenizer.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.json.JsonFile;
import dev.clap4j.internal.tokenizer.json.JsonPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A {@code tokenizer.json}, the file format of Hugging Face's tokenizers library.
 *
 * <p>Unknown steps and keys are rejected by name. Truncation and padding, which are up to the caller, and the decoder,
 * which encoding does not need, are ignored.
 */
public final class TokenizerJson {
    private static final Set<String> KEYS = Set.of(
            "version",
            "truncation",
            "padding",
            "added_tokens",
            "normalizer",
            "pre_tokenizer",
            "post_processor",
            "decoder",
            "model");

    /** Each may take a second on a long text. */
    private static final int MOST_EXPRESSIONS = 10;

    private static final int MOST_ADDED = 20_000;
    private static final int LONGEST_ADDED = 256;

    private final JsonPart root;
    private final ModelReader reader;
    private final List<AddedToken> added;
    private final Map<String, Integer> ids;
    private final Normalizer normalizer;
    private final PreTokenizer preTokenizer;
    private final Ends ends;
    private final Model model;

    private TokenizerJson(JsonPart root, ModelReader reader) {
        this.root = root;
        this.reader = reader;
        checkOuter();
        reader.check();
        added = root.has("added_tokens") ? readAdded() : List.of();
        ids = TokenIds.with(reader.ids(), added);
        normalizer = root.has("normalizer") ? NormalizerReader.read(root.part("normalizer")) : Normalizer.none();
        preTokenizer = root.has("pre_tokenizer")
                ? PreTokenizerReader.read(root.part("pre_tokenizer"))
                : new PreTokenizer.Sequence(List.of());
        ends = root.has("post_processor") ? new EndsReader(ids).read(root.part("post_processor")) : Ends.NONE;
        model = reader.build(ids);
    }

    private void checkOuter() {
        root.requireOnly(KEYS);
        if (!root.text("version", "1.0").equals("1.0")) {
            throw root.unexpected("version", "\"1.0\"");
        }
        for (String key : List.of("truncation", "padding", "decoder")) {
            if (root.has(key)) {
                root.part(key);
            }
        }
        int expressions = Stream.of("normalizer", "pre_tokenizer")
                .mapToInt(key -> root.node().path(key).findValues("Regex").size())
                .sum();
        if (expressions > MOST_EXPRESSIONS) {
            throw root.refused("it has " + expressions + " regular expressions; the limit is " + MOST_EXPRESSIONS);
        }
    }

    /**
     * Reads a file.
     *
     * @throws ClapException if it cannot be read, or uses something that is not supported
     */
    public static TokenizerJson read(Path file) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ModelReader model = new ModelReader(file);
        JsonFile.read(file, (json, parser, name) -> {
            if (name.equals("model") && !root.has(name)) {
                model.read(json, parser);
                root.putObject(name);
            } else {
                json.putOnce(root, name, json.tree(parser, name), "");
            }
        });
        return new TokenizerJson(new JsonPart(file, "", root), model);
    }

    private List<AddedToken> readAdded() {
        List<AddedToken> tokens = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (JsonPart part : root.parts("added_tokens", MOST_ADDED)) {
            part.requireOnly(AddedTokenReader.KEYS);
            AddedToken token = AddedTokenReader.read(part, part.number("id"));
            if (token.content().isEmpty() || token.content().length() > LONGEST_ADDED) {
                throw part.unexpected("content", "1 to " + LONGEST_ADDED + " characters");
            }
            TokenIds.put(root.file(), seen, token.content(), token.id());
            Integer known = reader.ids().get(token.content());
            if (known != null && known != token.id()) {
                throw part.unexpected("id", known + ", the id in model.vocab");
            }
            tokens.add(token);
        }
        return tokens;
    }

    /** Returns the ids of all tokens, including the added ones. */
    public Map<String, Integer> ids() {
        return ids;
    }

    /** Returns the added tokens. */
    public List<AddedToken> added() {
        return added;
    }

    /** Returns the model that splits words into tokens. */
    public Model model() {
        return model;
    }

    /** Returns the steps from a text to ids. */
    public TokenizerSteps steps() {
        return TokenizerSteps.of(
                reader.ids(), added, normalizer, preTokenizer, model, ends, root.node() + "\n" + reader.options());
    }

    /** Returns the id of the padding token, if padding is set. */
    public OptionalInt padId() {
        return root.has("padding") && root.part("padding").has("pad_id")
                ? OptionalInt.of(root.part("padding").number("pad_id"))
                : OptionalInt.empty();
    }

    /**
     * Returns whether this is CLIP's tokenizer as usually published: byte-level, with an end-of-word suffix, no added
     * tokens but CLIP's own, and the normalizer that imitates the reference's cleaning.
     *
     * @param own CLIP's own added tokens
     */
    public boolean isClip(Set<String> own) {
        JsonNode outer = root.node().path("normalizer");
        JsonNode steps = outer.path("normalizers");
        boolean imitates = outer.path("type").asText().equals("Sequence")
                && steps.size() == 3
                && steps.path(0).path("type").asText().equals("NFC")
                && steps.path(1).path("type").asText().equals("Replace")
                && steps.path(2).path("type").asText().equals("Lowercase");
        return model instanceof BytePairs
                && reader.options().path("end_of_word_suffix").asText().equals(ByteAlphabet.END_OF_WORD)
                && reader.options().path("continuing_subword_prefix").asText().isEmpty()
                && root.node().path("pre_tokenizer").findValuesAsText("type").contains("ByteLevel")
                && added.stream().allMatch(token -> own.contains(token.content()))
                && (!root.has("normalizer") || imitates);
    }
}
