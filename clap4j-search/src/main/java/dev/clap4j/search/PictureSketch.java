package dev.clap4j.search;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.image.PillowResize;
import dev.clap4j.internal.image.Resampling;
import dev.clap4j.internal.io.Digests;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A picture in brief, in {@code [32, 32]} fields: how bright each is, and how much outline it has. Both have the mean 0.
 *
 * @param pixels identifies its size and pixels
 */
record PictureSketch(String pixels, byte[] brightness, byte[] outlines) {
    private static final int FIELDS = 32;

    /** The side of the copy that a field is two pixels wide in. */
    private static final int SIDE = 2 * FIELDS;

    /**
     * Decodes a file.
     *
     * @throws dev.clap4j.ClapException if that is impossible
     */
    static PictureSketch of(Path file) {
        return ImageDecoder.decode(file, DecodeOptions.defaults(), bitmap -> of(bitmap.toRgb()));
    }

    private static PictureSketch of(Bitmap rgb) {
        byte[] small = PillowResize.resize(rgb, SIDE, SIDE, Resampling.BOX).samples();
        float[] brightness = new float[FIELDS * FIELDS];
        float[] outlines = new float[FIELDS * FIELDS];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int field = y / 2 * FIELDS + x / 2;
                for (int band = 0; band < 3; band++) {
                    brightness[field] += at(small, x, y, band);
                }
                if (x > 0 && y > 0 && x < SIDE - 1 && y < SIDE - 1) {
                    outlines[field] += outline(small, x, y);
                }
            }
        }
        return new PictureSketch(pixels(rgb), centred(brightness), centred(outlines));
    }

    private static String pixels(Bitmap rgb) {
        MessageDigest digest = Digests.sha256();
        digest.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(rgb.width())
                .putInt(rgb.height())
                .array());
        digest.update(rgb.samples());
        return Digests.finish(digest);
    }

    private static int at(byte[] rgb, int x, int y, int band) {
        return rgb[3 * (y * SIDE + x) + band] & 0xFF;
    }

    /** Returns the root of the largest gradient of a colour: faint lines count, too. */
    private static float outline(byte[] rgb, int x, int y) {
        double largest = 0;
        for (int band = 0; band < 3; band++) {
            largest = Math.max(
                    largest,
                    Math.hypot(
                            at(rgb, x + 1, y, band) - at(rgb, x - 1, y, band),
                            at(rgb, x, y + 1, band) - at(rgb, x, y - 1, band)));
        }
        return (float) Math.sqrt(largest);
    }

    /** Subtracts the mean, and scales to the range of bytes. */
    private static byte[] centred(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value - mean));
        }
        byte[] centred = new byte[values.length];
        for (int i = 0; i < values.length && largest > 0; i++) {
            centred[i] = (byte) Math.round((values[i] - mean) / largest * Byte.MAX_VALUE);
        }
        return centred;
    }

    /**
     * Returns the correlation with another picture, -1 to 1; 0 if one has a single colour.
     *
     * @param kind whether outlines are compared, or brightness
     */
    float likeness(PictureSketch other, DuplicateKind kind) {
        return kind == DuplicateKind.RESTYLED
                ? correlation(outlines, other.outlines)
                : correlation(brightness, other.brightness);
    }

    private static float correlation(byte[] one, byte[] other) {
        long products = 0;
        long squares = 0;
        long otherSquares = 0;
        for (int i = 0; i < one.length; i++) {
            products += (long) one[i] * other[i];
            squares += (long) one[i] * one[i];
            otherSquares += (long) other[i] * other[i];
        }
        return products == 0 ? 0 : (float) (products / Math.sqrt((double) squares * otherSquares));
    }
}
