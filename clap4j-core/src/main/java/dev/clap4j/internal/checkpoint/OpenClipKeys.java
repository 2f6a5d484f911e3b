package dev.clap4j.internal.checkpoint;

import java.util.Map;
import java.util.Set;

/**
 * Keys of open_clip's configurations (versions 1 to 3.3) beyond the networks supported: options that must have neutral
 * values, and keys that do not affect the computation.
 */
final class OpenClipKeys {
    /** Options of both towers, with the values that make them CLIP's. */
    static final Map<String, String> COMMON = Map.of(
            "ls_init_value", "null",
            "qk_norm", "false",
            "scaled_cosine_attn", "false",
            "scale_heads", "false",
            "scale_attn_inner", "false",
            "scale_attn", "false",
            "scale_fc", "false",
            "block_type", "\"default\"");

    /** Options of the image tower. */
    static final Map<String, String> VISION = Map.of("input_patchnorm", "false", "pos_embed_type", "\"learnable\"");

    /** Options of the text tower. */
    static final Map<String, String> TEXT =
            Map.of("final_ln_after_pool", "false", "use_pad_mask", "false", "correct_cls_mask", "false");

    /** Keys for training, for loading in Python, and for outputs other than features. */
    static final Set<String> HARMLESS_IN_MODEL = Set.of(
            "cast_dtype", "custom_text", "init_logit_scale", "nonscalar_logit_scale", "output_dict", "preprocess_cfg");

    /** Keys for training, and for {@code timm} towers and attentional pooling. */
    static final Set<String> HARMLESS_IN_VISION = Set.of(
            "attn_pooler_heads",
            "attn_pooler_queries",
            "n_queries",
            "output_tokens",
            "patch_dropout",
            "timm_drop",
            "timm_drop_path",
            "timm_model_pretrained",
            "timm_pool",
            "timm_proj",
            "timm_proj_bias");

    /** Keys read by the tokenizer, and for Transformers towers. */
    static final Set<String> HARMLESS_IN_TEXT = Set.of(
            "eos_id",
            "hf_model_pretrained",
            "hf_pooler_type",
            "hf_proj_type",
            "hf_tokenizer_name",
            "output_tokens",
            "pad_id",
            "pooler_type",
            "proj",
            "tokenizer_kwargs",
            "tokenizer_mode");

    private OpenClipKeys() {}
}
