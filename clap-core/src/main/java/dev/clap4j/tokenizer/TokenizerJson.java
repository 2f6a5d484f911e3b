package dev.clap4j.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The form in which the tokenizers library takes a tokenizer. */
final class TokenizerJson {
    /**
     * How the reference cuts a text into words. The reference's pattern ignores case, which shows in two characters of a
     * lower-case text: the long s counts as an s after an apostrophe, and the combining iota U+0345 fits no
     * alternative, so that it is left out. Start and end token, which come first in that pattern, are cut out before.
     */
    static final String WORD = "'[s\u017f]|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}\u0345]+";

    private TokenizerJson() {}

    /** A tokenizer that cuts cleaned text into CLIP's pieces: nothing is normalised, no special token is added. */
    static String of(ClipVocabulary vocabulary) {
        return root(vocabulary).toString();
    }

    /** The {@code tokenizer.json} that CLIP models are published with: with normaliser, special tokens and template. */
    static String published(ClipVocabulary vocabulary) {
        ObjectNode root = root(vocabulary);
        ObjectNode normalizer = root.putObject("normalizer").put("type", "Sequence");
        var steps = normalizer.putArray("normalizers");
        steps.addObject().put("type", "NFC");
        steps.addObject()
                .put("type", "Replace")
                .put("content", " ")
                .putObject("pattern")
                .put("Regex", "\\s+");
        steps.addObject().put("type", "Lowercase");
        var added = root.putArray("added_tokens");
        for (String token : List.of(ClipVocabulary.START, ClipVocabulary.END)) {
            added.addObject()
                    .put("id", vocabulary.ids().get(token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        ObjectNode ends = root.putObject("post_processor")
                .put("type", "RobertaProcessing")
                .put("trim_offsets", false)
                .put("add_prefix_space", false);
        ends.putArray("sep").add(ClipVocabulary.END).add(vocabulary.ids().get(ClipVocabulary.END));
        ends.putArray("cls").add(ClipVocabulary.START).add(vocabulary.ids().get(ClipVocabulary.START));
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode root(ClipVocabulary vocabulary) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", "1.0");
        ObjectNode words = root.putObject("pre_tokenizer").put("type", "Sequence");
        var steps = words.putArray("pretokenizers");
        ObjectNode split = steps.addObject()
                .put("type", "Split")
                .put("behavior", "Removed")
                .put("invert", true);
        split.putObject("pattern").put("Regex", WORD);
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
        ObjectNode model = root.putObject("model")
                .put("type", "BPE")
                .put("unk_token", ClipVocabulary.END)
                .put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", ByteAlphabet.END_OF_WORD)
                .put("fuse_unk", false)
                .put("byte_fallback", false);
        vocabulary.ids().forEach(model.putObject("vocab")::put);
        vocabulary.merges().forEach(model.putArray("merges")::add);
        return root;
    }

    /**
     * Whether a {@code tokenizer.json} is CLIP's as it is usually published. Its normaliser imitates the reference's
     * cleaning but for HTML, and composes combining marks (NFC), which the reference leaves to ftfy; so it is replaced
     * by the reference's own cleaning. Any other normaliser is the tokenizer's own affair.
     */
    static boolean isClip(JsonNode tokenizer) {
        JsonNode normalizer = tokenizer.path("normalizer");
        if (!tokenizer.path("model").path("end_of_word_suffix").asText().equals(ByteAlphabet.END_OF_WORD)
                || tokenizer.path("pre_tokenizer").findValuesAsText("type").stream()
                        .noneMatch("ByteLevel"::equals)) {
            return false;
        }
        if (normalizer.isMissingNode() || normalizer.isNull()) {
            return true;
        }
        JsonNode steps = normalizer.path("normalizers");
        return normalizer.path("type").asText().equals("Sequence")
                && steps.size() == 3
                && steps.path(0).path("type").asText().equals("NFC")
                && steps.path(1).path("type").asText().equals("Replace")
                && steps.path(2).path("type").asText().equals("Lowercase");
    }
}
