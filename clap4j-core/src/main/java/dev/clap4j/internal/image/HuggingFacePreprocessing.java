package dev.clap4j.internal.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.image.PreprocessingStep.CentreCrop;
import dev.clap4j.internal.image.PreprocessingStep.Fit;
import dev.clap4j.internal.image.PreprocessingStep.Resize;
import dev.clap4j.internal.image.PreprocessingStep.Rounding;
import dev.clap4j.internal.image.PreprocessingStep.ToRgb;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** An image processor of transformers: convert to RGB, resize, crop with offsets rounded down, rescale, normalise. */
final class HuggingFacePreprocessing {
    private static final Set<String> KNOWN = Set.of(
            "do_convert_rgb",
            "do_resize",
            "size",
            "resample",
            "default_to_square",
            "use_square_size",
            "do_center_crop",
            "crop_size",
            "do_rescale",
            "rescale_factor",
            "do_normalize",
            "image_mean",
            "image_std",
            // Fields that do not affect pixels.
            "image_processor_type",
            "feature_extractor_type",
            "processor_class",
            "auto_map",
            "data_format",
            "device",
            "disable_grouping",
            "input_data_format",
            "model_input_names",
            "return_tensors",
            "transformers_version",
            "use_fast",
            "_valid_processor_keys");

    private final ConfigFields fields;
    private final int imageSize;

    HuggingFacePreprocessing(ConfigFields fields, int imageSize) {
        this.fields = fields;
        this.imageSize = imageSize;
    }

    Preprocessing read() {
        String type = type();
        boolean clip = type.contains("CLIP");
        fields.requireKnown(KNOWN);
        fields.flag(
                "do_convert_rgb",
                true); // Without it, transformers rejects modes other than RGB; here they are converted.
        List<PreprocessingStep> steps = new ArrayList<>();
        steps.add(new ToRgb());
        boolean crops = fields.flag("do_center_crop", clip);
        if (fields.flag("do_resize", true)) {
            steps.add(resize(clip, type.startsWith("ViT") ? Resampling.BILINEAR : Resampling.BICUBIC));
        }
        if (crops) {
            if (fields.has("crop_size")) {
                int crop = fields.square("crop_size", fields.get("crop_size"));
                fields.requireModelSize("crop_size", crop, imageSize);
            }
            steps.add(new CentreCrop(imageSize, Rounding.FLOOR, 0));
        }
        requireSquares(steps, crops);
        return normalised(steps, clip);
    }

    private String type() {
        String type = fields.text("image_processor_type", fields.text("feature_extractor_type", "CLIPImageProcessor"));
        if (type.startsWith("Siglip2")) {
            throw fields.unsupported(
                    "a " + type + ", which cuts images of any shape into patches; the model takes square images");
        }
        if (!type.contains("CLIP") && !type.startsWith("Siglip") && !type.startsWith("ViT")) {
            throw fields.unsupported("a " + type + "; the image processors of CLIP, SigLIP and ViT are supported");
        }
        return type;
    }

    private Resize resize(boolean clip, Resampling usual) {
        JsonNode size = fields.get("size");
        boolean shortest = size.has("shortest_edge") || (clip && !size.isObject() && !size.isArray());
        boolean squares = fields.flag("use_square_size", false)
                || (!size.has("shortest_edge") && fields.flag("default_to_square", false));
        if (squares) {
            shortest = false;
        }
        int length = size.isMissingNode()
                ? imageSize
                : fields.square("size", size.has("shortest_edge") ? size.get("shortest_edge") : size);
        return new Resize(shortest ? Fit.SHORTEST_EDGE : Fit.SQUASH, length, filter(usual));
    }

    private Resampling filter(Resampling usual) {
        int code = fields.number("resample", usual.code());
        return Stream.of(Resampling.values())
                .filter(filter -> filter.code() == code)
                .findFirst()
                .orElseThrow(
                        () -> fields.unsupported("resample " + code + "; the codes of Pillow's filters are 0 to 5"));
    }

    private void requireSquares(List<PreprocessingStep> steps, boolean crops) {
        if (crops) {
            return;
        }
        if (steps.size() < 2) {
            throw fields.unsupported("neither resizing nor cropping; the model takes images of one size");
        }
        Resize resize = (Resize) steps.get(1);
        if (resize.fit() != Fit.SQUASH) {
            throw fields.unsupported("resizing the shortest edge without cropping; the model takes square images");
        }
        fields.requireModelSize("size", resize.length(), imageSize);
    }

    /** Pixels range from 0 to 1 here; another rescale factor is folded into mean and deviation. */
    private Preprocessing normalised(List<PreprocessingStep> steps, boolean clip) {
        double factor = factor();
        boolean wanted = fields.flag("do_normalize", true);
        Preprocessing openAi = Preprocessing.openAi(imageSize);
        float[] mean = wanted ? fields.colours("image_mean", clip ? openAi.mean() : null) : new float[3];
        float[] std = wanted ? fields.colours("image_std", clip ? openAi.std() : null) : new float[] {1, 1, 1};
        for (int c = 0; factor != 1 && c < 3; c++) {
            mean[c] = (float) (mean[c] / factor);
            std[c] = (float) (std[c] / factor);
        }
        return new Preprocessing(steps, imageSize, mean, std);
    }

    /** Returns the rescale factor relative to pixels from 0 to 1. */
    private double factor() {
        JsonNode value = fields.get("rescale_factor");
        boolean rescaled = fields.flag("do_rescale", true);
        if (!value.isMissingNode() && !(value.isNumber() && value.asDouble() > 0 && value.asDouble() <= 255)) {
            throw fields.unsupported("rescale_factor " + value + "; a number above 0 was expected");
        }
        double factor = rescaled ? value.asDouble(1.0 / 255) * 255 : 255;
        return Math.abs(factor - 1) < 1e-9 ? 1 : factor;
    }
}
