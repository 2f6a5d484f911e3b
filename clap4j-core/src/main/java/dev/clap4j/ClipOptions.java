package dev.clap4j;

import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Precision;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;

/**
 * Options for loading a model.
 *
 * @param truncateTexts truncates texts with too many tokens, which are an error otherwise
 * @param int8 computes the linear layers in 8-bit integers: faster, with slightly different features
 * @param maxPixels the maximum number of pixels of an image; larger images are an error
 * @param applyOrientation rotates JPEG images according to their EXIF orientation, which the reference implementations
 *     ignore
 * @param device what the encoders run on
 */
public record ClipOptions(
        boolean truncateTexts, boolean int8, long maxPixels, boolean applyOrientation, Device device) {
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

    /**
     * Returns the defaults: long texts are an error, 32-bit precision, images of at most 178 megapixels, EXIF
     * orientation ignored, on the processor.
     */
    public static ClipOptions defaults() {
        DecodeOptions decoding = DecodeOptions.defaults();
        return new ClipOptions(false, false, decoding.maxPixels(), decoding.applyOrientation(), Device.cpu());
    }

    /** Returns these options with truncation of long texts on or off. */
    public ClipOptions withTruncateTexts(boolean truncated) {
        return new ClipOptions(truncated, int8, maxPixels, applyOrientation, device);
    }

    /** Returns these options with 8-bit or 32-bit linear layers. */
    public ClipOptions withInt8(boolean integers) {
        return new ClipOptions(truncateTexts, integers, maxPixels, applyOrientation, device);
    }

    /** Returns these options with another maximum number of pixels. */
    public ClipOptions withMaxPixels(long limit) {
        return new ClipOptions(truncateTexts, int8, limit, applyOrientation, device);
    }

    /** Returns these options with the EXIF orientation applied or ignored. */
    public ClipOptions withApplyOrientation(boolean applied) {
        return new ClipOptions(truncateTexts, int8, maxPixels, applied, device);
    }

    /** Returns these options with another device for the encoders. */
    public ClipOptions withDevice(Device other) {
        return new ClipOptions(truncateTexts, int8, maxPixels, applyOrientation, other);
    }

    Engine engine() {
        return OrtEngine.create()
                .withPrecision(int8 ? Precision.INT8 : Precision.FP32)
                .on(device);
    }

    Overflow overflow() {
        return truncateTexts ? Overflow.TRUNCATE : Overflow.ERROR;
    }

    DecodeOptions decoding() {
        return new DecodeOptions(maxPixels, applyOrientation);
    }
}
