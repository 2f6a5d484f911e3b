package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ConvolvedPatches;
import dev.clap4j.internal.nn.ImageTokens;
import dev.clap4j.internal.nn.ImageTokens.ClassToken;
import dev.clap4j.internal.nn.InvertedBottleneckPatches;
import dev.clap4j.internal.nn.LinearPatches;
import dev.clap4j.internal.nn.Pooling;
import dev.clap4j.internal.nn.Projection;
import dev.clap4j.internal.nn.RotaryEmbedding;
import dev.clap4j.internal.nn.TokenPooling;
import dev.clap4j.internal.nn.TransformerBlock;
import dev.clap4j.internal.nn.TransformerBlock.Variant;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.VisionTransformer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** timm's vision transformers. Those of size {@code tiny} are clap4j's own, for untrained models, but for PE-Core's. */
final class TimmTransformers {
    private static final float EPSILON = 1e-6f;
    private static final float CLIP_EPSILON = 1e-5f;
    private static final int PROBE_HEADS = 8;
    private static final int PROBE_MLP_RATIO = 4;

    /** A side in the name of a model. */
    private static final String NUMBER = "[1-9]\\d{0,3}";

    private static final Pattern SIGLIP =
            Pattern.compile("vit_(\\w+)_patch(" + NUMBER + ")_siglip_(gap_)?(" + NUMBER + ")");
    private static final Pattern VITAMIN = Pattern.compile("vitamin_(tiny|small|base|large2?|xlarge)_(" + NUMBER + ")");
    private static final Pattern EVA =
            Pattern.compile("(eva02_\\w+(?=.*_clip_)|eva_giant)_patch(" + NUMBER + ")_(?:clip_)?(" + NUMBER + ")");
    private static final Pattern PERCEPTION =
            Pattern.compile("vit_pe_core_(tiny|small|base|large|gigantic)_patch(" + NUMBER + ")_(" + NUMBER + ")");
    private static final Pattern CLIP = Pattern.compile("vit_large_patch14_clip_(" + NUMBER + ")");
    private static final Pattern MOBILE_CLIP = Pattern.compile("vit_(tiny|base)_mci_(" + NUMBER + ")");

    private static final Size TINY = new Size(64, 2, 2, 128);

    private static final Map<String, Size> SIGLIP_SIZES = Map.of(
            "tiny", TINY,
            "base", new Size(768, 12, 12, 3072),
            "large", new Size(1024, 24, 16, 4096),
            "so400m", new Size(1152, 27, 16, 4304),
            "giantopt", new Size(1536, 40, 16, 6144));

    private static final Map<String, Size> VITAMIN_SIZES = Map.of(
            "tiny", TINY,
            "small", new Size(384, 14, 6, 768),
            "base", new Size(768, 14, 12, 1536),
            "large", new Size(1024, 31, 16, 2048),
            "large2", new Size(1024, 31, 16, 2048),
            "xlarge", new Size(1152, 32, 16, 2304));

    private static final Map<String, Integer> VITAMIN_STEMS =
            Map.of("tiny", 16, "small", 64, "base", 128, "large", 160, "large2", 160, "xlarge", 192);

    private static final Map<String, Size> EVA_SIZES = Map.of(
            "eva_giant", new Size(1408, 40, 16, 6144),
            "eva02_tiny", TINY,
            "eva02_base", new Size(768, 12, 12, 2048),
            "eva02_large", new Size(1024, 24, 16, 2730),
            "eva02_enormous", new Size(1792, 64, 16, 15360));

    private static final Map<String, Size> PERCEPTION_SIZES = Map.of(
            "tiny", new Size(192, 12, 3, 768),
            "small", new Size(384, 12, 6, 1536),
            "base", new Size(768, 12, 12, 3072),
            "large", new Size(1024, 24, 16, 4096),
            "gigantic", new Size(1536, 50, 16, 8960));

    private TimmTransformers() {}

    private record Size(int width, int layers, int heads, int mlpWidth) {
        TransformerBlock block(Activation activation, float epsilon, Set<Variant> variants) {
            return new TransformerBlock(width, heads, mlpWidth, activation, epsilon, false, variants);
        }
    }

    static Optional<VisionTower> siglip(ConfigSection vision, String name, int embedDim) {
        Matcher match = SIGLIP.matcher(name);
        if (!match.matches() || !SIGLIP_SIZES.containsKey(match.group(1))) {
            return Optional.empty();
        }
        Size size = SIGLIP_SIZES.get(match.group(1));
        boolean average = match.group(3) != null;
        TimmModels.requirePool(vision, average ? "avg" : "map");
        LinearPatches patches = new LinearPatches(number(match, 2), true);
        Projection projection = projection(vision, size.width, embedDim);
        return Optional.of(new VisionTransformer(
                new ImageTokens(TimmModels.imageSize(vision, number(match, 4)), patches, ClassToken.NONE, false),
                RotaryEmbedding.NONE,
                size.block(siglipActivation(name), EPSILON, Set.of()),
                size.layers,
                average
                        ? TokenPooling.of(Pooling.PATCH_MEAN, projection, embedDim)
                        : new TokenPooling(Pooling.PROBE, size.heads, 0, size.mlpWidth, projection, embedDim)));
    }

    /** Returns the non-linearity: SigLIP 2's where a size and resolution came with SigLIP 2. */
    private static Activation siglipActivation(String name) {
        return name.matches("vit_(giantopt_.*|base_patch32_.*|so400m_patch16_.*|large_.*_512)")
                ? Activation.GELU_TANH
                : Activation.GELU;
    }

    /** Reads CLIP's own transformer, which has another last layer here. */
    static Optional<VisionTower> clip(ConfigSection vision, String name, int embedDim) {
        Matcher match = CLIP.matcher(name);
        if (!match.matches()) {
            return Optional.empty();
        }
        TimmModels.requirePool(vision, "token");
        Size size = new Size(1024, 24, 16, 4096);
        LinearPatches patches = new LinearPatches(14, false);
        return Optional.of(new VisionTransformer(
                new ImageTokens(
                        TimmModels.imageSize(vision, number(match, 1)), patches, ClassToken.WITH_POSITION, true),
                RotaryEmbedding.NONE,
                size.block(Activation.GELU, CLIP_EPSILON, Set.of()),
                size.layers,
                TokenPooling.of(Pooling.CLASS_TOKEN, projection(vision, size.width, embedDim), embedDim)));
    }

    static Optional<VisionTower> mobileClip(ConfigSection vision, String name, int embedDim) {
        Matcher match = MOBILE_CLIP.matcher(name);
        if (!match.matches()) {
            return Optional.empty();
        }
        TimmModels.requirePool(vision, "token");
        Size size = match.group(1).equals("tiny") ? TINY : new Size(768, 12, 12, 3072);
        ImageTokens tokens = new ImageTokens(
                TimmModels.imageSize(vision, number(match, 2)),
                new ConvolvedPatches(),
                ClassToken.WITHOUT_POSITION,
                false);
        return Optional.of(new VisionTransformer(
                tokens,
                RotaryEmbedding.NONE,
                size.block(Activation.GELU, EPSILON, Set.of()),
                size.layers,
                TokenPooling.of(Pooling.CLASS_TOKEN, projection(vision, size.width, embedDim), embedDim)));
    }

    static Optional<VisionTower> viTamin(ConfigSection vision, String name, int embedDim) {
        Matcher match = VITAMIN.matcher(name);
        if (!match.matches()) {
            return Optional.empty();
        }
        TimmModels.requireAverage(vision);
        TimmModels.projection(vision, "linear");
        Size size = VITAMIN_SIZES.get(match.group(1));
        InvertedBottleneckPatches patches = new InvertedBottleneckPatches(VITAMIN_STEMS.get(match.group(1)));
        boolean positions = !match.group(1).equals("xlarge");
        return Optional.of(new VisionTransformer(
                new ImageTokens(
                        positions
                                ? TimmModels.imageSize(vision, number(match, 2))
                                : Limits.imageSize(vision, 224, patches.patchSize()),
                        patches,
                        ClassToken.NONE,
                        positions,
                        false),
                RotaryEmbedding.NONE,
                size.block(Activation.GELU, EPSILON, Set.of(Variant.GATED, Variant.MLP_NORM)),
                size.layers,
                TokenPooling.of(Pooling.PATCH_MEAN_THEN_NORM, Projection.MATRIX, embedDim)));
    }

    static Optional<VisionTower> eva(ConfigSection vision, String name, int embedDim) {
        Matcher match = EVA.matcher(name);
        if (!match.matches() || !EVA_SIZES.containsKey(match.group(1))) {
            return Optional.empty();
        }
        TimmModels.requirePool(vision, "token");
        Size size = EVA_SIZES.get(match.group(1));
        int patchSize = number(match, 2);
        int imageSize = TimmModels.imageSize(vision, number(match, 3));
        boolean rotary = match.group(1).matches("eva02_(tiny|base|large)");
        TransformerBlock block =
                switch (match.group(1)) {
                    case "eva_giant" -> size.block(Activation.GELU, EPSILON, Set.of());
                    case "eva02_enormous" -> size.block(Activation.GELU, EPSILON, Set.of(Variant.RESIDUAL_NORM));
                    default ->
                        size.block(
                                Activation.SILU,
                                EPSILON,
                                Set.of(Variant.GATED, Variant.ATTENTION_NORM, Variant.HIDDEN_NORM));
                };
        return Optional.of(new VisionTransformer(
                new ImageTokens(imageSize, new LinearPatches(patchSize, true), ClassToken.WITH_POSITION, false),
                rotary ? new RotaryEmbedding(imageSize / patchSize, 16, 0, false) : RotaryEmbedding.NONE,
                block,
                size.layers,
                TokenPooling.of(Pooling.CLASS_TOKEN, projection(vision, size.width, embedDim), embedDim)));
    }

    static Optional<VisionTower> perceptionEncoder(ConfigSection vision, String name, int embedDim) {
        Matcher match = PERCEPTION.matcher(name);
        if (!match.matches()) {
            return Optional.empty();
        }
        TimmModels.requirePool(vision, "map");
        Size size = PERCEPTION_SIZES.get(match.group(1));
        int patchSize = number(match, 2);
        int imageSize = TimmModels.imageSize(vision, number(match, 3));
        int grid = imageSize / patchSize;
        boolean classToken = !match.group(1).equals("gigantic");
        return Optional.of(new VisionTransformer(
                new ImageTokens(
                        imageSize,
                        new LinearPatches(patchSize, false),
                        classToken ? ClassToken.WITH_POSITION : ClassToken.NONE,
                        true),
                new RotaryEmbedding(grid, grid, classToken ? 1 : 0, true),
                size.block(Activation.GELU, CLIP_EPSILON, Set.of()),
                size.layers,
                new TokenPooling(
                        Pooling.PROBE,
                        PROBE_HEADS,
                        0,
                        PROBE_MLP_RATIO * size.width,
                        projection(vision, size.width, embedDim),
                        embedDim)));
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }

    /** Reads the last layer where it is the model's own classifier, or none. */
    private static Projection projection(ConfigSection vision, int width, int embedDim) {
        if (TimmModels.projection(vision, "", "none").isEmpty()) {
            return Projection.BIASED;
        }
        if (width != embedDim) {
            throw vision.unexpected("timm_proj", "null, as the model's width " + width + " is not embed_dim");
        }
        return Projection.NONE;
    }
}
