package dev.clap4j.internal.checkpoint;

import java.nio.file.Files;

/** Sound weights beside configurations that are not theirs. */
final class BadConfigurations {
    private static final String HUGGING_FACE = "{}/config.json";
    private static final String OPEN_CLIP = "{}/open_clip_config.json: model_cfg.";

    private BadConfigurations() {}

    static void addTo(BadCheckpoints bad) {
        bad.add(
                "configuration that is not JSON",
                huggingFace("{\"model_type\": clip}"),
                "Cannot read " + HUGGING_FACE
                        + ": it is not JSON: at line 1, column 16: Unrecognized token 'clip': was expecting (JSON String,"
                        + " Number, Array, Object or token 'null', 'true' or 'false')");
        bad.add(
                "configuration of another model",
                huggingFace("{\"model_type\": \"blip\"}"),
                HUGGING_FACE + " describes a model of type \"blip\"; supported are clip, metaclip_2, siglip,"
                        + " chinese_clip, altclip");
        bad.add(
                "configuration of another size",
                huggingFace(SmallCheckpoint.HUGGING_FACE_CONFIG.replace("\"vocab_size\": 10", "\"vocab_size\": 11")),
                "{}/model.safetensors: tensor text_model.embeddings.token_embedding.weight has the shape [10, 64],"
                        + " expected [11, 64] according to {}/config.json");
        bad.add(
                "configuration of a larger model",
                huggingFace("{}"),
                "{}/model.safetensors lacks tensors text_model.encoder.layers.1.self_attn.q_proj.weight,"
                        + " text_model.encoder.layers.1.self_attn.k_proj.weight,"
                        + " text_model.encoder.layers.1.self_attn.v_proj.weight,"
                        + " text_model.encoder.layers.1.self_attn.q_proj.bias,"
                        + " text_model.encoder.layers.1.self_attn.k_proj.bias,"
                        + " text_model.encoder.layers.1.self_attn.v_proj.bias, … (352 in all), which the model needs"
                        + " according to {}/config.json");
        bad.add(
                "unknown activation",
                huggingFace(SmallCheckpoint.HUGGING_FACE_CONFIG.replaceFirst(
                        "\"hidden_size\"", "\"hidden_act\": \"relu\", \"hidden_size\"")),
                HUGGING_FACE + ": text_config.hidden_act is \"relu\", expected \"quick_gelu\", \"gelu\" or"
                        + " \"gelu_pytorch_tanh\"");
        bad.add(
                "size that is none",
                huggingFace(SmallCheckpoint.HUGGING_FACE_CONFIG.replaceFirst(
                        "\"hidden_size\": 64", "\"hidden_size\": -64")),
                HUGGING_FACE + ": text_config.hidden_size is -64, expected a whole number from 1 to 10000000");
        bad.add(
                "layers without end",
                huggingFace(SmallCheckpoint.HUGGING_FACE_CONFIG.replaceFirst(
                        "\"num_hidden_layers\": 1", "\"num_hidden_layers\": 9999999")),
                HUGGING_FACE + ": text_config.num_hidden_layers is 9999999, expected at most 512");
        bad.add(
                "heads that do not divide",
                huggingFace(SmallCheckpoint.HUGGING_FACE_CONFIG.replaceFirst(
                        "\"num_attention_heads\": 1", "\"num_attention_heads\": 7")),
                HUGGING_FACE + ": text_config.num_attention_heads is 7, which does not divide the width 64");
        bad.add(
                "images that are not square",
                huggingFace(
                        SmallCheckpoint.HUGGING_FACE_CONFIG.replace("\"image_size\": 16", "\"image_size\": [16, 32]")),
                HUGGING_FACE
                        + ": vision_config.image_size is [16,32], expected one number, or two equal ones, as only"
                        + " square images are supported");
        bad.add(
                "images whose batch would fit into no buffer",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace("\"image_size\": 16", "\"image_size\": 20000")),
                OPEN_CLIP + "vision_cfg.image_size is 20000, expected at most 1024 pixels");
        bad.add(
                "open_clip without a size",
                openClip("{\"model_cfg\": {}}"),
                "{}/open_clip_config.json has no model_cfg.embed_dim; it is not an open_clip model");
        bad.add(
                "open_clip with another image tower",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace(
                        "\"image_size\": 16", "\"timm_model_name\": \"vit_base\", \"image_size\": 16")),
                OPEN_CLIP
                        + "vision_cfg.timm_model_name is \"vit_base\", expected a model of a supported family:"
                        + " vit_*_siglip_*, vit_large_patch14_clip_*, vit_base_mci_224, vitamin_*, eva*_clip_*,"
                        + " eva_giant_*, vit_pe_core_*, convnext_*, fastvit_mci*");
        bad.add(
                "open_clip with another pooling",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace(
                        "\"context_length\": 6", "\"pool_type\": \"last\", \"context_length\": 6")),
                OPEN_CLIP + "text_cfg.pool_type is \"last\", expected \"argmax\" or \"eos\", unless"
                        + " no_causal_mask is true");
        keys(bad);
        numbers(bad);
    }

    /** Keys that would change the model, each named. */
    private static void keys(BadCheckpoints bad) {
        String unknown = ", but this key is unknown, so the model could differ from the one that would be read;"
                + " remove the key if it changes nothing";
        bad.add(
                "unknown key of an image tower",
                huggingFace(SmallCheckpoint.HUGGING_FACE_CONFIG.replace(
                        "\"image_size\": 16", "\"use_rope\": true, \"image_size\": 16")),
                HUGGING_FACE + ": vision_config.use_rope is true" + unknown);
        bad.add(
                "quantised weights",
                huggingFace(SmallCheckpoint.HUGGING_FACE_CONFIG.replace(
                        "\"projection_dim\": 8", "\"projection_dim\": 8, \"quantization_config\": {\"bits\": 4}")),
                HUGGING_FACE + ": quantization_config is {\"bits\":4}" + unknown);
        bad.add(
                "text tower of another model",
                huggingFace(SmallCheckpoint.HUGGING_FACE_CONFIG.replaceFirst(
                        "\"hidden_size\"", "\"model_type\": \"bert\", \"hidden_size\"")),
                HUGGING_FACE
                        + ": text_config.model_type is \"bert\", expected \"clip_text_model\"; other values are not"
                        + " supported");
        bad.add(
                "key without end",
                huggingFace("{\"x\": \"" + "y".repeat(1_000) + "\"}"),
                HUGGING_FACE + ": x is \"" + "y".repeat(99) + "…" + unknown);
        bad.add(
                "key twice",
                huggingFace("{\"projection_dim\": 8, \"projection_dim\": 9}"),
                "Cannot read " + HUGGING_FACE + ": it is not JSON: at line 1, column 39: Duplicate field"
                        + " 'projection_dim'");
        bad.add(
                "unknown key of a text tower",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace(
                        "\"context_length\": 6", "\"rope\": 1, \"context_length\": 6")),
                OPEN_CLIP + "text_cfg.rope is 1" + unknown);
        bad.add(
                "unknown key of a normalisation",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace(
                        "\"context_length\": 6", "\"norm_kwargs\": {\"bias\": false}, \"context_length\": 6")),
                OPEN_CLIP + "text_cfg.norm_kwargs.bias is false" + unknown);
        bad.add(
                "unknown key of a model",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace(
                        "\"quick_gelu\"", "\"moe\": {\"experts\": 4}, \"quick_gelu\"")),
                OPEN_CLIP + "moe is {\"experts\":4}" + unknown);
        bad.add(
                "poolings that disagree",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace(
                        "\"image_size\": 16",
                        "\"global_average_pool\": true, \"pool_type\": \"tok\", \"image_size\": 16")),
                OPEN_CLIP + "vision_cfg.pool_type is \"tok\", expected \"avg\", as global_average_pool is true");
    }

    /** Numbers that no layer can have. */
    private static void numbers(BadCheckpoints bad) {
        bad.add(
                "variance that vanishes",
                huggingFace(SmallCheckpoint.HUGGING_FACE_CONFIG.replace(
                        "\"image_size\": 16", "\"layer_norm_eps\": 1e-60, \"image_size\": 16")),
                HUGGING_FACE + ": vision_config.layer_norm_eps is 1.0E-60, expected a number above 0");
        bad.add(
                "variance beyond all numbers",
                huggingFace(SmallCheckpoint.HUGGING_FACE_CONFIG.replace(
                        "\"image_size\": 16", "\"layer_norm_eps\": 1e300, \"image_size\": 16")),
                HUGGING_FACE + ": vision_config.layer_norm_eps is 1.0E300, expected a number above 0");
        bad.add(
                "perceptron without width",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace(
                        "\"context_length\": 6", "\"mlp_ratio\": 1e-9, \"context_length\": 6")),
                OPEN_CLIP + "text_cfg.mlp_ratio is 1.0E-9, expected a ratio that gives at least 1 for the width 64");
        bad.add(
                "vocabulary beyond all memory",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace("\"vocab_size\": 10", "\"vocab_size\": 1000000000")),
                OPEN_CLIP + "text_cfg.vocab_size is 1000000000, expected a whole number from 1 to 10000000");
        bad.add(
                "configuration that is nested too deep",
                huggingFace("{\"a\": " + "[".repeat(100_000)),
                "Cannot read " + HUGGING_FACE
                        + ": it is not JSON: Document nesting depth (1001) exceeds the maximum allowed (1000)");
    }

    private static BadCheckpoints.Maker huggingFace(String config) {
        return folder -> {
            BadCheckpoints.write(folder.resolve("model.safetensors"), SmallCheckpoint.huggingFaceTensors());
            Files.writeString(folder.resolve("config.json"), config);
            return folder;
        };
    }

    private static BadCheckpoints.Maker openClip(String config) {
        return folder -> {
            BadCheckpoints.write(folder.resolve("open_clip_model.safetensors"), SmallCheckpoint.tensors());
            Files.writeString(folder.resolve("open_clip_config.json"), config);
            return folder;
        };
    }
}
