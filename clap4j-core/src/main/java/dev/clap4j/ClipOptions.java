package dev.clap4j;

import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Precision;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;

/**
 * Options of loading a model.
 *
 * @param truncateTexts truncate texts with too many tokens; otherwise they are an error
 * @param int8 compute the linear layers in 8-bit integers: faster, with slightly different features
 * @param maxPixels refuse images with more pixels
 * @param applyOrientation rotate JPEG files as their EXIF data say; the reference implementations do not
 */
public record ClipOptions(boolean truncateTexts, boolean int8, long maxPixels, boolean applyOrientation) {
    /**
     * Checks the limit.
     *
     * @throws ClapException if {@code maxPixels} is below 1
     */
    public ClipOptions {
        if (maxPixels < 1) {
            throw new ClapException("The limit of pixels should be at least 1, not " + maxPixels);
        }
    }

    /** Long texts are an error, 32-bit precision, images of at most 178 megapixels, EXIF orientation ignored. */
    public static ClipOptions defaults() {
        DecodeOptions decoding = DecodeOptions.defaults();
        return new ClipOptions(false, false, decoding.maxPixels(), decoding.applyOrientation());
    }

    /** These options, with long texts truncated or not. */
    public ClipOptions withTruncateTexts(boolean truncated) {
        return new ClipOptions(truncated, int8, maxPixels, applyOrientation);
    }

    /** These options, with 8-bit or 32-bit linear layers. */
    public ClipOptions withInt8(boolean integers) {
        return new ClipOptions(truncateTexts, integers, maxPixels, applyOrientation);
    }

    /** These options, with another limit for the size of images. */
    public ClipOptions withMaxPixels(long limit) {
        return new ClipOptions(truncateTexts, int8, limit, applyOrientation);
    }

    /** These options, with the EXIF orientation applied or not. */
    public ClipOptions withApplyOrientation(boolean applied) {
        return new ClipOptions(truncateTexts, int8, maxPixels, applied);
    }

    Engine engine() {
        return int8 ? OrtEngine.create().withPrecision(Precision.INT8) : OrtEngine.create();
    }

    Overflow overflow() {
        return truncateTexts ? Overflow.TRUNCATE : Overflow.ERROR;
    }

    DecodeOptions decoding() {
        return new DecodeOptions(maxPixels, applyOrientation);
    }
}
