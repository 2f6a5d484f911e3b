package dev.clap4j.internal.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys of Transformers' configurations that do not affect what a CLIP-like model computes: those that its base class
 * writes into every file (versions 4.4 to 5.18), and those for training.
 */
final class HuggingFaceKeys {
    /** Keys about the file, the framework, the format of outputs, and classifiers outside the model. */
    private static final Set<String> EVERYWHERE = Set.of(
            "_attn_implementation",
            "_attn_implementation_autoset",
            "_commit_hash",
            "_name_or_path",
            "_output_attentions",
            "architectures",
            "attn_implementation",
            "chunk_size_feed_forward",
            "dtype",
            "finetuning_task",
            "gradient_checkpointing",
            "id2label",
            "is_encoder_decoder",
            "label2id",
            "name_or_path",
            "num_labels",
            "output_attentions",
            "output_hidden_states",
            "problem_type",
            "return_dict",
            "task_specific_params",
            "tf_legacy_loss",
            "tokenizer_class",
            "torch_dtype",
            "torchscript",
            "transformers_version",
            "use_bfloat16");

    /** Keys for decoders and text generation, which a {@code CLIPModel} does not have. */
    private static final Set<String> GENERATION = Set.of(
            "add_cross_attention",
            "bad_words_ids",
            "begin_suppress_tokens",
            "cross_attention_hidden_size",
            "decoder_start_token_id",
            "diversity_penalty",
            "do_sample",
            "early_stopping",
            "encoder_no_repeat_ngram_size",
            "exponential_decay_length_penalty",
            "forced_bos_token_id",
            "forced_eos_token_id",
            "is_decoder",
            "length_penalty",
            "max_length",
            "min_length",
            "no_repeat_ngram_size",
            "num_beam_groups",
            "num_beams",
            "num_return_sequences",
            "output_scores",
            "prefix",
            "remove_invalid_values",
            "repetition_penalty",
            "return_dict_in_generate",
            "sep_token_id",
            "suppress_tokens",
            "temperature",
            "tie_encoder_decoder",
            "tie_word_embeddings",
            "top_k",
            "top_p",
            "typical_p",
            "use_cache");

    /** Keys for training and initialisation. */
    private static final Set<String> TRAINING = Set.of(
            "attention_dropout",
            "attention_probs_dropout_prob",
            "classifier_dropout",
            "dropout",
            "hidden_dropout_prob",
            "initializer_factor",
            "initializer_range");

    /** Keys beside the two sections; two of them are AltCLIP's for training. */
    static final Set<String> MODEL = union(
            List.of(EVERYWHERE, GENERATION, TRAINING, Set.of("direct_kd", "logit_scale_init_value", "num_layers")));

    /** Keys in the section of an image encoder; {@code projection_dim} is set for the whole model. */
    static final Set<String> VISION = union(List.of(
            EVERYWHERE,
            GENERATION,
            TRAINING,
            Set.of("projection_dim", "bos_token_id", "eos_token_id", "pad_token_id")));

    /**
     * Keys in the section of a text encoder; padding and the start token are up to the tokenizer, and Transformers
     * ignores {@code pooler_fn}.
     */
    static final Set<String> TEXT = union(List.of(
            EVERYWHERE,
            GENERATION,
            TRAINING,
            Set.of("projection_dim", "bos_token_id", "eos_token_id", "pad_token_id", "pooler_fn")));

    /** Options of the base class, in any section, with the values that change nothing. */
    static final Map<String, String> NEUTRAL = Map.of("pruned_heads", "{}");

    private HuggingFaceKeys() {}

    private static Set<String> union(List<Set<String>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}
