package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.nn.VisionTower;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The image towers of timm that open_clip's configurations name: their published geometry, which the names alone give.
 */
final class TimmModels {
    private TimmModels() {}

    /** Reads models of one family. */
    private interface Family {
        /** Returns the tower; empty if the name is not one of the family's. */
        Optional<VisionTower> read(ConfigSection vision, String name, int embedDim);
    }

    private static final List<Family> FAMILIES = List.of(
            TimmTransformers::siglip,
            TimmTransformers::clip,
            TimmTransformers::mobileClip,
            TimmTransformers::viTamin,
            TimmTransformers::eva,
            TimmTransformers::perceptionEncoder,
            TimmConvolutions::convNext,
            TimmConvolutions::fastVit);

    static VisionTower read(ConfigSection vision, int embedDim) {
        String name = vision.text("timm_model_name", "");
        return FAMILIES.stream()
                .flatMap(family -> family.read(vision, name, embedDim).stream())
                .findFirst()
                .orElseThrow(() -> vision.unexpected(
                        "timm_model_name",
                        "a model of a supported family: vit_*_siglip_*, vit_large_patch14_clip_*,"
                                + " vit_base_mci_224, vitamin_*, eva*_clip_*, eva_giant_*, vit_pe_core_*, convnext_*,"
                                + " fastvit_mci*"));
    }

    static void requirePool(ConfigSection vision, String expected) {
        if (!vision.text("timm_pool", "avg").equals(expected)) {
            throw vision.unexpected("timm_pool", "\"" + expected + "\" for this model");
        }
    }

    /** Reads the pooling where the model's own, which is the default, averages all patches. */
    static void requireAverage(ConfigSection vision) {
        if (!vision.text("timm_pool", "avg").isEmpty()) {
            requirePool(vision, "avg");
        }
    }

    /** Reads the size of a model that has only one. */
    static int imageSize(ConfigSection vision, int ofName) {
        int size = vision.side("image_size", 224);
        if (size != ofName) {
            throw vision.unexpected("image_size", ofName + ", as the name of the model says");
        }
        return size;
    }

    /** Reads the last layer, {@code ""} for the model's own classifier. */
    static String projection(ConfigSection vision, String... supported) {
        String projection = vision.isNull("timm_proj") ? "" : vision.text("timm_proj", "linear");
        if (!List.of(supported).contains(projection)) {
            throw vision.unexpected(
                    "timm_proj",
                    Stream.of(supported)
                                    .map(name -> name.isEmpty() ? "null" : '"' + name + '"')
                                    .collect(Collectors.joining(" or "))
                            + " for this model");
        }
        if (vision.flag("timm_proj_bias")) {
            throw vision.unexpected("timm_proj_bias", "false; other values are not supported");
        }
        return projection;
    }
}
