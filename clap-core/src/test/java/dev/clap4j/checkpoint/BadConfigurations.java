package dev.clap4j.checkpoint;

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
                huggingFace("{\"model_type\": \"siglip\"}"),
                HUGGING_FACE + " describes a model of type \"siglip\"; only \"clip\" is supported");
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
                HUGGING_FACE + ": text_config.hidden_act is \"relu\", expected \"quick_gelu\" or \"gelu\"");
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
                        + ": vision_config.image_size is [16,32], expected one number, or two that are equal, for only"
                        + " square images are supported");
        bad.add(
                "open_clip without a size",
                openClip("{\"model_cfg\": {}}"),
                "{}/open_clip_config.json has no model_cfg.embed_dim; it is no model of open_clip");
        bad.add(
                "open_clip with another image tower",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace(
                        "\"image_size\": 16", "\"timm_model_name\": \"vit_base\", \"image_size\": 16")),
                OPEN_CLIP
                        + "vision_cfg.timm_model_name is \"vit_base\", expected null; other values are not supported");
        bad.add(
                "open_clip with another pooling",
                openClip(SmallCheckpoint.OPEN_CLIP_CONFIG.replace(
                        "\"context_length\": 6", "\"pool_type\": \"last\", \"context_length\": 6")),
                OPEN_CLIP + "text_cfg.pool_type is \"last\", expected \"argmax\" or \"eos\"");
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
