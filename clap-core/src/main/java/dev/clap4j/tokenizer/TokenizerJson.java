package dev.clap4j.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The form in which the tokenizers library takes a tokenizer. */
final class TokenizerJson {
    /**
     * How the reference cuts a text into words. The reference's pattern ignores case, which shows in two characters of a
     * lower-case text: the long s counts as an s after an apostrophe, and the combining iota U+0345 fits no
     * alternative, so that it is left out. Start and end token, which come first in that pattern, are cut out before.
     */
    private static final String WORD = "'[s\u017f]|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}\u0345]+";

    private TokenizerJson() {}

    /** A tokenizer that cuts cleaned text into CLIP's pieces: nothing is normalised, no special token is added. */
    static String of(ClipVocabulary vocabulary) {
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
        return root.toString();
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
