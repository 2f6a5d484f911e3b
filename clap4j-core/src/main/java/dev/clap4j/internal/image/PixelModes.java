package dev.clap4j.internal.image;

/** Conversions between pixel modes, with Pillow's rounding. */
final class PixelModes {
    private PixelModes() {}

    /** Converts to red, green and blue, {@code [height, width, 3]}: opacity is dropped, inks are multiplied. */
    static Bitmap toRgb(Bitmap bitmap) {
        if (bitmap.mode() == PixelMode.RGB) {
            return bitmap;
        }
        int pixels = bitmap.width() * bitmap.height();
        byte[] in = bitmap.samples();
        byte[] out = new byte[pixels * 3];
        switch (bitmap.mode()) {
            case ONE, L -> spread(in, 1, out);
            case LA -> spread(in, 2, out);
            case P -> look(in, bitmap.palette(), out);
            case RGBA -> {
                for (int i = 0; i < pixels; i++) {
                    System.arraycopy(in, i * 4, out, i * 3, 3);
                }
            }
            case CMYK -> inks(in, out);
            case I16, I16B -> {
                int high = bitmap.mode() == PixelMode.I16 ? 1 : 0;
                // Grey levels of more bits are clipped, not scaled: whatever is brighter than 255 becomes white.
                for (int i = 0; i < pixels; i++) {
                    fill(out, i * 3, in[i * 2 + high] == 0 ? in[i * 2 + 1 - high] : (byte) 255);
                }
            }
            case I -> {
                for (int i = 0; i < pixels; i++) {
                    fill(out, i * 3, (byte) Math.max(0, Math.min(255, number(in, i))));
                }
            }
            case F -> {
                for (int i = 0; i < pixels; i++) {
                    float value = Float.intBitsToFloat(number(in, i));
                    fill(out, i * 3, (byte) Math.max(0, Math.min(255, (int) value)));
                }
            }
            default -> throw new AssertionError(bitmap.mode());
        }
        return Bitmap.of(PixelMode.RGB, bitmap.width(), bitmap.height(), out);
    }

    /** Reads a pixel's four-byte number. */
    static int number(byte[] samples, int pixel) {
        int at = pixel * 4;
        return (samples[at] & 0xFF)
                | (samples[at + 1] & 0xFF) << 8
                | (samples[at + 2] & 0xFF) << 16
                | samples[at + 3] << 24;
    }

    private static void spread(byte[] gray, int step, byte[] out) {
        for (int i = 0, o = 0; o < out.length; i += step, o += 3) {
            fill(out, o, gray[i]);
        }
    }

    private static void fill(byte[] out, int at, byte value) {
        out[at] = value;
        out[at + 1] = value;
        out[at + 2] = value;
    }

    private static void look(byte[] indices, byte[] palette, byte[] out) {
        for (int i = 0; i < indices.length; i++) {
            int entry = (indices[i] & 0xFF) * 3;
            // An index outside the palette is black.
            if (entry + 2 < palette.length) {
                System.arraycopy(palette, entry, out, i * 3, 3);
            }
        }
    }

    private static void inks(byte[] cmyk, byte[] out) {
        for (int i = 0, o = 0; o < out.length; i += 4, o += 3) {
            int light = 255 - (cmyk[i + 3] & 0xFF);
            for (int c = 0; c < 3; c++) {
                out[o + c] = (byte) Math.max(0, light - multiply(cmyk[i + c] & 0xFF, light));
            }
        }
    }

    /** Multiplies two values between 0 and 1 in units of 1/255, with rounding. */
    private static int multiply(int a, int b) {
        int product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }

    /** Multiplies colours by the pixel's last sample, its opacity, so that transparent ones do not bleed. */
    static byte[] premultiply(byte[] samples, int bands) {
        byte[] out = samples.clone();
        for (int i = 0; i < out.length; i += bands) {
            int alpha = samples[i + bands - 1] & 0xFF;
            for (int c = i; c < i + bands - 1; c++) {
                out[c] = (byte) multiply(samples[c] & 0xFF, alpha);
            }
        }
        return out;
    }

    /** Reverts {@link #premultiply} in place, as far as possible. */
    static void unpremultiply(byte[] samples, int bands) {
        for (int i = 0; i < samples.length; i += bands) {
            int alpha = samples[i + bands - 1] & 0xFF;
            if (alpha == 0 || alpha == 255) {
                continue;
            }
            for (int c = i; c < i + bands - 1; c++) {
                samples[c] = (byte) Math.min(255, 255 * (samples[c] & 0xFF) / alpha);
            }
        }
    }
}
