package dev.clap4j.internal.spark;

import dev.clap4j.ClipOptions;
import dev.clap4j.Precision;
import dev.clap4j.head.Head;
import java.io.Serializable;

/**
 * All that an executor needs to open the encoders that the driver chose. The weights are not part of it: every machine
 * finds them by the model's name.
 *
 * @param model the model's name, see {@link ModelLocation}
 * @param fingerprint the fingerprint of the driver's model, which an executor's must share
 * @param truncateTexts truncates texts with too many tokens, which are an error otherwise
 * @param precision what the encoders compute with
 * @param maxPixels the maximum number of pixels of a picture
 * @param applyOrientation rotates JPEG pictures according to their EXIF orientation
 * @param head the content of the head's file; empty if there is none
 * @param headFingerprint the head's fingerprint; empty if there is none
 * @param alpha the weight of the head's output
 */
public record EncoderRecipe(
        String model,
        String fingerprint,
        boolean truncateTexts,
        Precision precision,
        long maxPixels,
        boolean applyOrientation,
        byte[] head,
        String headFingerprint,
        float alpha)
        implements Serializable {
    private static final byte[] NO_HEAD = {};

    /** Creates a recipe without a head. */
    static EncoderRecipe of(String model, String fingerprint, ClipOptions options) {
        return new EncoderRecipe(
                model,
                fingerprint,
                options.truncateTexts(),
                options.precision(),
                options.maxPixels(),
                options.applyOrientation(),
                NO_HEAD,
                "",
                0);
    }

    /** Returns this recipe with a head. */
    EncoderRecipe with(Head added, float weight) {
        return new EncoderRecipe(
                model,
                fingerprint,
                truncateTexts,
                precision,
                maxPixels,
                applyOrientation,
                HeadContent.of(added),
                added.fingerprint(),
                weight);
    }

    /** Returns whether there is a head. */
    boolean hasHead() {
        return head.length > 0;
    }

    /** Returns whether another recipe gives the same encoders. */
    public boolean isSame(EncoderRecipe other) {
        return withoutHead().equals(other.withoutHead());
    }

    /** Returns this recipe without the bytes of its head, which has a fingerprint. */
    EncoderRecipe withoutHead() {
        return new EncoderRecipe(
                model,
                fingerprint,
                truncateTexts,
                precision,
                maxPixels,
                applyOrientation,
                NO_HEAD,
                headFingerprint,
                alpha);
    }

    /** Reads the head. */
    Head readHead() {
        return HeadContent.parse("the head", head);
    }
}
