package dev.clap4j;

import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;

/**
 * Options for loading a model.
 *
 * @param truncateTexts truncates texts with too many tokens, which are an error otherwise
 * @param precision what the encoders compute with; on the processor FP32 or INT8, on other devices FP32 or FP16
 * @param maxPixels the maximum number of pixels of an image; larger images are an error
 * @param applyOrientation rotates JPEG images according to their EXIF orientation, which the reference implementations
 *     ignore
 * @param device what the encoders run on
 */
public record ClipOptions(
        boolean truncateTexts, Precision precision, long maxPixels, boolean applyOrientation, Device device) {
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
        return new ClipOptions(false, Precision.FP32, decoding.maxPixels(), decoding.applyOrientation(), Device.cpu());
    }

    /** Returns these options with truncation of long texts on or off. */
    public ClipOptions withTruncateTexts(boolean truncated) {
        return new ClipOptions(truncated, precision, maxPixels, applyOrientation, device);
    }

    /** Returns these options with another precision. */
    public ClipOptions withPrecision(Precision other) {
        return new ClipOptions(truncateTexts, other, maxPixels, applyOrientation, device);
    }

    /** Returns these options with another maximum number of pixels. */
    public ClipOptions withMaxPixels(long limit) {
        return new ClipOptions(truncateTexts, precision, limit, applyOrientation, device);
    }

    /** Returns these options with the EXIF orientation applied or ignored. */
    public ClipOptions withApplyOrientation(boolean applied) {
        return new ClipOptions(truncateTexts, precision, maxPixels, applied, device);
    }

    /** Returns these options with another device for the encoders. */
    public ClipOptions withDevice(Device other) {
        return new ClipOptions(truncateTexts, precision, maxPixels, applyOrientation, other);
    }

    Engine engine() {
        return OrtEngine.create().on(device).withPrecision(precision);
    }

    Overflow overflow() {
        return truncateTexts ? Overflow.TRUNCATE : Overflow.ERROR;
    }

    DecodeOptions decoding() {
        return new DecodeOptions(maxPixels, applyOrientation);
    }
}
