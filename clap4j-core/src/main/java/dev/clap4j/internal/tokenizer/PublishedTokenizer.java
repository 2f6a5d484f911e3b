package dev.clap4j.internal.tokenizer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import java.util.List;

/** Writes the {@code tokenizer.json} published with CLIP models: with normalizer, special tokens and post-processor. */
final class PublishedTokenizer {
    /**
     * The word pattern of the reference. It ignores case, which affects two characters of a lower-case text: the long s
     * counts as an s after an apostrophe, and the combining iota U+0345 matches no alternative and is left out.
     */
    private static final String WORD = "'[s\u017f]|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}\u0345]+";

    private PublishedTokenizer() {}

    /** Returns the file's content. */
    static String of(ClipVocabulary vocabulary) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", "1.0");
        addPreTokenizer(root);
        addModel(root, vocabulary);
        addNormalizer(root);
        addTokens(root, vocabulary);
        addPostProcessor(root, vocabulary);
        return root.toPrettyString() + "\n";
    }

    private static void addTokens(ObjectNode root, ClipVocabulary vocabulary) {
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
    }

    private static void addNormalizer(ObjectNode root) {
        var steps = root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        steps.addObject().put("type", "NFC");
        steps.addObject()
                .put("type", "Replace")
                .put("content", " ")
                .putObject("pattern")
                .put("Regex", "\\s+");
        steps.addObject().put("type", "Lowercase");
    }

    private static void addPreTokenizer(ObjectNode root) {
        var steps = root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        steps.addObject()
                .put("type", "Split")
                .put("behavior", "Removed")
                .put("invert", true)
                .putObject("pattern")
                .put("Regex", WORD);
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
    }

    private static void addPostProcessor(ObjectNode root, ClipVocabulary vocabulary) {
        ObjectNode ends = root.putObject("post_processor")
                .put("type", "RobertaProcessing")
                .put("trim_offsets", false)
                .put("add_prefix_space", false);
        ends.putArray("sep").add(ClipVocabulary.END).add(vocabulary.ids().get(ClipVocabulary.END));
        ends.putArray("cls").add(ClipVocabulary.START).add(vocabulary.ids().get(ClipVocabulary.START));
    }

    private static void addModel(ObjectNode root, ClipVocabulary vocabulary) {
        ObjectNode model = root.putObject("model")
                .put("type", "BPE")
                .put("unk_token", ClipVocabulary.END)
                .put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", ByteAlphabet.END_OF_WORD)
                .put("fuse_unk", false)
                .put("byte_fallback", false);
        vocabulary.ids().forEach(model.putObject("vocab")::put);
        var merges = model.putArray("merges");
        vocabulary.merges().forEach(merge -> merges.add(merge.toString()));
    }
}
