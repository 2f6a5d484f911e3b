package dev.clap4j.internal.image;

import dev.clap4j.internal.image.PreprocessingStep.CentreCrop;
import dev.clap4j.internal.image.PreprocessingStep.Fit;
import dev.clap4j.internal.image.PreprocessingStep.Resize;
import dev.clap4j.internal.image.PreprocessingStep.Rounding;
import dev.clap4j.internal.image.PreprocessingStep.ToRgb;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The {@code preprocess_cfg} of open_clip: resize in the mode of the file, crop as torchvision does, then convert to
 * RGB.
 */
final class OpenClipPreprocessing {
    private static final Set<String> KNOWN =
            Set.of("size", "mode", "mean", "std", "interpolation", "resize_mode", "fill_color");

    private final ConfigFields fields;
    private final int imageSize;

    OpenClipPreprocessing(ConfigFields fields, int imageSize) {
        this.fields = fields;
        this.imageSize = imageSize;
    }

    Preprocessing read() {
        fields.requireKnown(KNOWN);
        String mode = fields.text("mode", "RGB");
        if (!mode.equals("RGB")) {
            throw fields.unsupported("mode " + mode + ", the encoder takes RGB");
        }
        if (fields.has("size")) {
            fields.requireModelSize("size", fields.square("size", fields.get("size")), imageSize);
        }
        Preprocessing openAi = Preprocessing.openAi(imageSize);
        return new Preprocessing(
                steps(), imageSize, fields.colours("mean", openAi.mean()), fields.colours("std", openAi.std()));
    }

    private List<PreprocessingStep> steps() {
        Fit fit = fit();
        List<PreprocessingStep> steps = new ArrayList<>();
        steps.add(new Resize(fit, imageSize, filter()));
        if (fit != Fit.SQUASH) {
            steps.add(new CentreCrop(imageSize, Rounding.HALF_EVEN, fit == Fit.LONGEST_EDGE ? fill() : 0));
        }
        steps.add(new ToRgb());
        return steps;
    }

    private Fit fit() {
        String mode = fields.text("resize_mode", "shortest");
        return switch (mode) {
            case "shortest" -> Fit.SHORTEST_EDGE;
            case "longest" -> Fit.LONGEST_EDGE;
            case "squash" -> Fit.SQUASH;
            default -> throw fields.unsupported("resize_mode " + mode + "; shortest, longest and squash are supported");
        };
    }

    /** Returns the filter; {@code random} only applies to training and means bicubic otherwise. */
    private Resampling filter() {
        String name = fields.text("interpolation", "bicubic");
        return switch (name) {
            case "bicubic", "random" -> Resampling.BICUBIC;
            case "bilinear" -> Resampling.BILINEAR;
            default -> throw fields.unsupported("interpolation " + name + "; bicubic and bilinear are supported");
        };
    }

    private int fill() {
        int fill = fields.number("fill_color", 0);
        if (fill < 0 || fill > 255) {
            throw fields.unsupported("fill_color " + fill + "; 0 to 255 was expected");
        }
        return fill;
    }
}
