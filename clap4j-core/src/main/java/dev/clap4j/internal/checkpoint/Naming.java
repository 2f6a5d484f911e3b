package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.nn.BertText;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.InvertedBottleneckPatches;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.NllbText;
import dev.clap4j.internal.nn.Projection;
import dev.clap4j.internal.nn.SentenceHead;
import dev.clap4j.internal.nn.TransformerBlock;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.VisionTransformer;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The names of tensors in a layout: those of its image tower, and those of its text tower. Tensors that OpenAI's models
 * have go by OpenAI's names internally.
 */
record Naming(NameTable vision, NameTable text) {
    private static final NameTable PLAIN = NameTable.of("* = *");

    /** OpenAI's names, and those of CoCa's pooling. */
    private static final NameTable OPEN_CLIP_VISION = NameTable.of("""
            visual.attnpool.query = visual.attn_pool.query
            visual.attnpool.attn.* = visual.attn_pool.attn.*
            visual.attnpool.ln_q.* = visual.attn_pool.ln_q.*
            visual.attnpool.ln_k.* = visual.attn_pool.ln_k.*
            * = *
            """);

    private static final NameTable CUSTOM_TEXT = NameTable.of("* = text.*");

    private static final NameTable TIMM = NameTable.of("""
            visual.class_embedding = 1×1×visual.trunk.cls_token
            visual.positional_embedding = 1×visual.trunk.pos_embed
            visual.conv1.* = visual.trunk.patch_embed.proj.*
            visual.patches.* = visual.trunk.patch_embed.backbone.*
            visual.ln_pre.* = visual.trunk.norm_pre.*
            visual.ln_post.* = visual.trunk.norm.*
            visual.proj = visual.trunk.head.weightᵀ
            visual.proj_bias = visual.trunk.head.bias
            visual.transformer.resblocks.#.ln_1.* = visual.trunk.blocks.#.norm1.*
            visual.transformer.resblocks.#.ln_2.* = visual.trunk.blocks.#.norm2.*
            visual.transformer.resblocks.#.attn.in_proj_* = visual.trunk.blocks.#.attn.qkv.*
            visual.transformer.resblocks.#.attn.out_proj.* = visual.trunk.blocks.#.attn.proj.*
            visual.transformer.resblocks.#.attn.norm.* = visual.trunk.blocks.#.attn.norm.*
            visual.transformer.resblocks.#.mlp.c_fc.* = visual.trunk.blocks.#.mlp.fc1.*
            visual.transformer.resblocks.#.mlp.c_proj.* = visual.trunk.blocks.#.mlp.fc2.*
            visual.transformer.resblocks.#.mlp.norm.* = visual.trunk.blocks.#.mlp.norm.*
            visual.attnpool.probe = visual.trunk.attn_pool.latent
            visual.attnpool.attn.in_proj_* = visual.trunk.attn_pool.q.* + 2·visual.trunk.attn_pool.kv.*
            visual.attnpool.attn.out_proj.* = visual.trunk.attn_pool.proj.*
            visual.attnpool.ln.* = visual.trunk.attn_pool.norm.*
            visual.attnpool.mlp.c_fc.* = visual.trunk.attn_pool.mlp.fc1.*
            visual.attnpool.mlp.c_proj.* = visual.trunk.attn_pool.mlp.fc2.*
            * = *
            """);

    /** EVA-02, whose keys have no bias. */
    private static final NameTable EVA_02 =
            NameTable.of("""
            visual.transformer.resblocks.#.attn.in_proj_weight = B#.attn.q_proj.weight + B#.attn.k_proj.weight + B#.attn.v_proj.weight
            visual.transformer.resblocks.#.attn.in_proj_bias = B#.attn.q_proj.bias + 0 + B#.attn.v_proj.bias
            visual.transformer.resblocks.#.mlp.c_fc.* = B#.mlp.fc1_g.*
            visual.transformer.resblocks.#.mlp.c_up.* = B#.mlp.fc1_x.*
            """.replace("B#", "visual.trunk.blocks.#")).and(TIMM);

    /** The other EVAs, whose keys have no bias either. */
    private static final NameTable EVA =
            NameTable.of("""
            visual.transformer.resblocks.#.attn.in_proj_bias = B#.attn.q_bias + 0 + B#.attn.v_bias
            """.replace("B#", "visual.trunk.blocks.#")).and(TIMM);

    private static final NameTable VITAMIN = NameTable.of("""
            visual.ln_post.* = visual.trunk.fc_norm.*
            visual.proj = visual.head.proj.weightᵀ
            visual.transformer.resblocks.#.mlp.c_fc.* = visual.trunk.blocks.#.mlp.w0.*
            visual.transformer.resblocks.#.mlp.c_up.* = visual.trunk.blocks.#.mlp.w1.*
            visual.transformer.resblocks.#.mlp.c_proj.* = visual.trunk.blocks.#.mlp.w2.*
            """).and(TIMM);

    private static final NameTable HUGGING_FACE_VISION =
            NameTable.of("""
            visual.proj = visual_projection.weightᵀ
            visual.class_embedding = vision_model.embeddings.class_embedding
            visual.positional_embedding = vision_model.embeddings.position_embedding.weight
            visual.conv1.* = vision_model.embeddings.patch_embedding.*
            visual.ln_pre.* = vision_model.pre_layrnorm.*
            visual.ln_post.* = vision_model.post_layernorm.*
            visual.attnpool.probe = vision_model.head.probe
            visual.attnpool.attn.* = vision_model.head.attention.*
            visual.attnpool.ln.* = vision_model.head.layernorm.*
            visual.attnpool.mlp.c_fc.* = vision_model.head.mlp.fc1.*
            visual.attnpool.mlp.c_proj.* = vision_model.head.mlp.fc2.*
            """).and(huggingFaceBlocks("visual.transformer.resblocks.", "vision_model.encoder.layers."));

    private static final NameTable HUGGING_FACE_TEXT = huggingFaceText("text_model.");

    private static final NameTable SIGLIP_TEXT =
            NameTable.of("text_projection.* = text_model.head.*").and(HUGGING_FACE_TEXT);

    private static final NameTable CHINESE_CLIP_TEXT =
            bert("text_model.", "encoder.layer.").and(PLAIN);

    private static final NameTable ALT_CLIP_TEXT = NameTable.of("""
            ln_final.* = text_model.pre_LN.*
            transformation.* = text_model.transformation.*
            """)
            .and(bert("text_model.roberta.", "encoder.layers."))
            .and(PLAIN);

    private static final NameTable OPEN_CLIP_BERT =
            NameTable.of("text_projection.* = text.proj.*").and(bert("text.transformer.", "encoder.layer."));

    private static final NameTable OPEN_CLIP_NLLB =
            NameTable.of("""
            text_projection.* = text.proj.*
            token_embedding.weight = text.transformer.embed_tokens.weight
            ln_final.* = text.transformer.layer_norm.*
            encoder.#.ln_1.* = text.transformer.layers.#.self_attn_layer_norm.*
            encoder.#.ln_2.* = text.transformer.layers.#.final_layer_norm.*
            encoder.#.mlp.c_fc.* = text.transformer.layers.#.fc1.*
            encoder.#.mlp.c_proj.* = text.transformer.layers.#.fc2.*
            """).and(huggingFaceBlocks("encoder.", "text.transformer.layers."));

    /** OpenAI's own names, which open_clip's standard class shares. */
    static final Naming OPENAI = new Naming(OPEN_CLIP_VISION, PLAIN);

    /** open_clip's {@code CustomTextCLIP}: {@code text.} prefixes the names of the text tower. */
    static final Naming OPEN_CLIP_CUSTOM_TEXT = new Naming(OPEN_CLIP_VISION, CUSTOM_TEXT);

    /** Hugging Face's {@code CLIPModel}. */
    static final Naming HUGGING_FACE = new Naming(HUGGING_FACE_VISION, HUGGING_FACE_TEXT);

    /** Tensors of which every model has one, and which identify the naming. */
    static final Set<String> LANDMARKS = Set.of(
            "visual.conv1.weight",
            "visual.trunk.patch_embed.proj.weight",
            "visual.trunk.pos_embed",
            "visual.trunk.patch_embed.backbone.stem.conv1.weight",
            "visual.trunk.stem.0.weight",
            "visual.trunk.stem.0.conv_kxk.0.conv.weight",
            "vision_model.embeddings.patch_embedding.weight");

    private static NameTable huggingFaceBlocks(String internal, String stored) {
        return NameTable.of("""
                I#.ln_1.* = S#.layer_norm1.*
                I#.ln_2.* = S#.layer_norm2.*
                I#.attn.in_proj_* = S#.self_attn.q_proj.* + S#.self_attn.k_proj.* + S#.self_attn.v_proj.*
                I#.attn.out_proj.* = S#.self_attn.out_proj.*
                I#.mlp.c_fc.* = S#.mlp.fc1.*
                I#.mlp.c_proj.* = S#.mlp.fc2.*
                """.replace("I#", internal + "#").replace("S#", stored + "#"));
    }

    /**
     * Returns Transformers' names of CLIP's text encoder.
     *
     * @param prefix begins all names but that of the projection
     */
    static NameTable huggingFaceText(String prefix) {
        return NameTable.of("""
                token_embedding.weight = M.embeddings.token_embedding.weight
                positional_embedding = M.embeddings.position_embedding.weight
                ln_final.* = M.final_layer_norm.*
                text_projection = text_projection.weightᵀ
                """.replace("M.", prefix))
                .and(huggingFaceBlocks("transformer.resblocks.", prefix + "encoder.layers."));
    }

    /** Returns Transformers' names of BERT and its kin. */
    private static NameTable bert(String model, String layers) {
        return NameTable.of("""
                token_embedding.weight = M.embeddings.word_embeddings.weight
                positional_embedding = M.embeddings.position_embeddings.weight
                token_type_embedding = M.embeddings.token_type_embeddings.weight
                ln_embedding.* = M.embeddings.LayerNorm.*
                encoder.#.attn.in_proj_* = L#.attention.self.query.* + L#.attention.self.key.* + L#.attention.self.value.*
                encoder.#.attn.out_proj.* = L#.attention.output.dense.*
                encoder.#.ln_1.* = L#.attention.output.LayerNorm.*
                encoder.#.mlp.c_fc.* = L#.intermediate.dense.*
                encoder.#.mlp.c_proj.* = L#.output.dense.*
                encoder.#.ln_2.* = L#.output.LayerNorm.*
                """.replace("M.", model).replace("L#", model + layers + "#"));
    }

    /** Returns the naming of a set of tensors, by those that only one naming has. */
    static Optional<Naming> of(Collection<String> names) {
        Predicate<String> any = prefix -> names.stream().anyMatch(name -> name.startsWith(prefix));
        if (any.test("text_model.") || any.test("vision_model.")) {
            return Optional.of(new Naming(HUGGING_FACE_VISION, huggingFaceText(any)));
        }
        boolean timm = any.test("visual.trunk.");
        NameTable vision = timm ? timm(any) : OPEN_CLIP_VISION;
        if (any.test("text.") && (timm || names.contains("visual.conv1.weight"))) {
            return Optional.of(new Naming(vision, openClipText(any)));
        }
        boolean openAi = Stream.of("visual.conv1.weight", "visual.proj", "token_embedding.weight", "text_projection")
                .anyMatch(names::contains);
        return openAi ? Optional.of(new Naming(vision, PLAIN)) : Optional.empty();
    }

    private static NameTable huggingFaceText(Predicate<String> any) {
        if (any.test("text_model.roberta.")) {
            return ALT_CLIP_TEXT;
        }
        if (any.test("text_model.embeddings.word_embeddings.")) {
            return CHINESE_CLIP_TEXT;
        }
        return any.test("text_model.head.") ? SIGLIP_TEXT : HUGGING_FACE_TEXT;
    }

    private static NameTable timm(Predicate<String> any) {
        if (any.test("visual.trunk.blocks.0.attn.q_proj.")) {
            return EVA_02;
        }
        if (any.test("visual.trunk.blocks.0.attn.q_bias")) {
            return EVA;
        }
        return any.test("visual.trunk.blocks.0.mlp.w0.") ? VITAMIN : TIMM;
    }

    private static NameTable openClipText(Predicate<String> any) {
        if (any.test("text.transformer.embed_tokens.")) {
            return OPEN_CLIP_NLLB;
        }
        return any.test("text.transformer.embeddings.") ? OPEN_CLIP_BERT : CUSTOM_TEXT;
    }

    /** Returns the naming of a model in Hugging Face's layout. */
    static Naming huggingFace(ClipArchitecture architecture) {
        NameTable text = HUGGING_FACE_TEXT;
        if (architecture.text() instanceof BertText bert) {
            boolean alt = bert.head().layers() == SentenceHead.Layers.NORM_LINEAR;
            text = alt ? ALT_CLIP_TEXT : CHINESE_CLIP_TEXT;
        } else if (architecture.logitBias()) {
            text = SIGLIP_TEXT;
        }
        return new Naming(HUGGING_FACE_VISION, text);
    }

    /** Returns the naming of a model in open_clip's layout. */
    static Naming openClip(ClipArchitecture architecture) {
        NameTable text = CUSTOM_TEXT;
        if (architecture.text() instanceof BertText) {
            text = OPEN_CLIP_BERT;
        } else if (architecture.text() instanceof NllbText) {
            text = OPEN_CLIP_NLLB;
        }
        return new Naming(openClipVision(architecture.vision()), text);
    }

    private static NameTable openClipVision(VisionTower tower) {
        if (!(tower instanceof VisionTransformer transformer)) {
            return tower instanceof ModifiedResNet ? OPEN_CLIP_VISION : TIMM;
        }
        if (transformer.tokens().patches() instanceof InvertedBottleneckPatches) {
            return VITAMIN;
        }
        if (transformer.block().variants().contains(TransformerBlock.Variant.GATED)) {
            return EVA_02;
        }
        return transformer.pooling().projection() == Projection.MATRIX ? OPEN_CLIP_VISION : TIMM;
    }

    /** Returns how to make a tensor, given by its internal name, from this naming's tensors. */
    Recipe recipe(String name) {
        if (name.startsWith("logit_")) {
            return Recipe.same(name);
        }
        NameTable table = name.startsWith("visual.") ? vision : text;
        return table.recipe(name).orElseGet(() -> Recipe.same(name));
    }

    /** Returns whether the names are those of CLIP's own networks, whose geometry can be inferred from shapes. */
    boolean isClips() {
        return (vision == OPEN_CLIP_VISION || vision == HUGGING_FACE_VISION)
                && (text == PLAIN || text == CUSTOM_TEXT || text == HUGGING_FACE_TEXT);
    }

    /** Returns whether the layout is Hugging Face's. */
    boolean isHuggingFace() {
        return vision == HUGGING_FACE_VISION;
    }

    /** Returns the prefix before the number of a block, for a name in one of the transformers. */
    String blocks(String name) {
        String visual = name.startsWith("visual.") ? "visual." : "";
        String first =
                recipe(visual + "transformer.resblocks.0.ln_1.weight").sources().get(0);
        return first.substring(0, first.lastIndexOf("0."));
    }

    /** Returns the file with the properties that weights do not determine. */
    String configuration() {
        return isHuggingFace() ? "config.json" : "open_clip_config.json";
    }
}
