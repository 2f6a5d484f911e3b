package dev.clap4j.internal.checkpoint;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of OpenAI's tensors in the different layouts. */
enum Naming {
    /** OpenAI's own names, which open_clip's standard class shares. */
    OPENAI,
    /** open_clip's {@code CustomTextCLIP}: {@code text.} prefixes the names of the text tower. */
    OPEN_CLIP_CUSTOM_TEXT,
    /** Hugging Face's {@code CLIPModel}. */
    HUGGING_FACE;

    /** Tensors that occur in every model and identify the naming. */
    static final Set<String> LANDMARKS =
            Set.of("visual.conv1.weight", "vision_model.embeddings.patch_embedding.weight");

    private static final Pattern BLOCK = Pattern.compile("(visual\\.)?transformer\\.resblocks\\.(\\d*)\\.?(.*)");

    private static final Map<String, String> HUGGING_FACE_NAMES = Map.ofEntries(
            Map.entry("token_embedding.weight", "text_model.embeddings.token_embedding.weight"),
            Map.entry("positional_embedding", "text_model.embeddings.position_embedding.weight"),
            Map.entry("ln_final.weight", "text_model.final_layer_norm.weight"),
            Map.entry("ln_final.bias", "text_model.final_layer_norm.bias"),
            Map.entry("visual.class_embedding", "vision_model.embeddings.class_embedding"),
            Map.entry("visual.positional_embedding", "vision_model.embeddings.position_embedding.weight"),
            Map.entry("visual.conv1.weight", "vision_model.embeddings.patch_embedding.weight"),
            Map.entry("visual.ln_pre.weight", "vision_model.pre_layrnorm.weight"), // misspelt like this in Transformers
            Map.entry("visual.ln_pre.bias", "vision_model.pre_layrnorm.bias"),
            Map.entry("visual.ln_post.weight", "vision_model.post_layernorm.weight"),
            Map.entry("visual.ln_post.bias", "vision_model.post_layernorm.bias"));

    /** Returns the naming of a set of tensors, by those that only one naming has. */
    static Optional<Naming> of(Collection<String> names) {
        if (names.stream().anyMatch(n -> n.startsWith("text_model.") || n.startsWith("vision_model."))) {
            return Optional.of(HUGGING_FACE);
        }
        if (names.stream().anyMatch(n -> n.startsWith("text.") && names.contains("visual.conv1.weight"))) {
            return Optional.of(OPEN_CLIP_CUSTOM_TEXT);
        }
        boolean openAi = Stream.of("visual.conv1.weight", "visual.proj", "token_embedding.weight", "text_projection")
                .anyMatch(names::contains);
        return openAi ? Optional.of(OPENAI) : Optional.empty();
    }

    /** Returns how to make a tensor, given by OpenAI's name, from this naming's tensors. */
    Recipe recipe(String name) {
        return switch (this) {
            case OPENAI -> Recipe.same(name);
            case OPEN_CLIP_CUSTOM_TEXT -> Recipe.same(inText(name) ? "text." + name : name);
            case HUGGING_FACE -> huggingFace(name);
        };
    }

    private static boolean inText(String name) {
        return !name.startsWith("visual.") && !name.equals("logit_scale");
    }

    private static Recipe huggingFace(String name) {
        if (name.equals("visual.proj")) {
            return Recipe.transposed("visual_projection.weight");
        }
        if (name.equals("text_projection")) {
            return Recipe.transposed("text_projection.weight");
        }
        Matcher block = BLOCK.matcher(name);
        if (!block.matches()) {
            return Recipe.same(HUGGING_FACE_NAMES.getOrDefault(name, name));
        }
        String prefix = HUGGING_FACE.blocks(name) + block.group(2) + ".";
        String part = block.group(3);
        if (part.startsWith("attn.in_proj_")) {
            String suffix = "_proj." + part.substring("attn.in_proj_".length());
            return Recipe.stacked(Stream.of("q", "k", "v")
                    .map(which -> prefix + "self_attn." + which + suffix)
                    .toList());
        }
        return Recipe.same(prefix
                + part.replace("attn.out_proj", "self_attn.out_proj")
                        .replace("ln_1", "layer_norm1")
                        .replace("ln_2", "layer_norm2")
                        .replace("c_fc", "fc1")
                        .replace("c_proj", "fc2"));
    }

    /** Returns the prefix before the number of a block, for a name in one of the transformers. */
    String blocks(String name) {
        String visual = name.startsWith("visual.") ? "visual." : "";
        return switch (this) {
            case OPENAI -> visual + "transformer.resblocks.";
            case OPEN_CLIP_CUSTOM_TEXT -> (visual.isEmpty() ? "text." : visual) + "transformer.resblocks.";
            case HUGGING_FACE -> (visual.isEmpty() ? "text_model" : "vision_model") + ".encoder.layers.";
        };
    }

    /** Returns the file with the properties that weights do not determine. */
    String configuration() {
        return this == HUGGING_FACE ? "config.json" : "open_clip_config.json";
    }
}
