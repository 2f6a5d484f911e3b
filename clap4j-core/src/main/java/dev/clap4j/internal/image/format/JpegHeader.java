package dev.clap4j.internal.image.format;

import java.nio.charset.StandardCharsets;

/**
 * The properties of a JPEG file needed before decoding.
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param components samples per pixel: 1, 3 or 4
 * @param precision bits per sample
 * @param luminance whether the first three components are YCbCr, by libjpeg's rules
 * @param orientation the EXIF orientation, 1 to 8; 1 if there is none
 * @param progressive whether the image is refined over several scans
 * @param end the end of the frame header
 */
record JpegHeader(
        int width,
        int height,
        int components,
        int precision,
        boolean luminance,
        int orientation,
        boolean progressive,
        int end) {
    /**
     * Reads the markers up to the frame header.
     *
     * @return null if there is no frame header
     */
    static JpegHeader read(byte[] file) {
        boolean jfif = false;
        int transform = -1;
        int orientation = 1;
        for (int at = 2; at + 4 <= file.length; ) {
            if ((file[at] & 0xFF) != 0xFF) {
                at++;
                continue;
            }
            int marker = file[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            if (marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= 0xD8)) {
                at += 2;
                continue;
            }
            int length = u16(file, at + 2);
            int data = at + 4;
            int end = at + 2 + length;
            if (isFrame(marker) && length >= 8 && data + 6 <= file.length) {
                return frame(file, marker, data, jfif, transform, orientation, end);
            }
            if (marker == 0xD9 || marker == 0xDA || length < 2) {
                return null;
            }
            if (marker == 0xE0 && starts(file, data, "JFIF\0")) {
                jfif = true;
            } else if (marker == 0xEE && starts(file, data, "Adobe") && length >= 14 && data + 12 <= file.length) {
                transform = file[data + 11] & 0xFF;
            } else if (marker == 0xE1 && starts(file, data, "Exif\0\0") && end <= file.length) {
                orientation = orientation(file, data + 6, end);
            }
            at = end;
        }
        return null;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static JpegHeader frame(
            byte[] file, int marker, int data, boolean jfif, int transform, int orientation, int end) {
        int components = file[data + 5] & 0xFF;
        boolean luminance =
                switch (components) {
                    case 3 -> jfif || (transform >= 0 ? transform != 0 : !isNamedRgb(file, data + 6));
                    case 4 -> transform > 0;
                    default -> false;
                };
        return new JpegHeader(
                u16(file, data + 3),
                u16(file, data + 1),
                components,
                file[data] & 0xFF,
                luminance,
                orientation,
                marker % 4 == 2,
                end);
    }

    /** Returns whether the components are named R, G and B, which makes them RGB unless other markers say otherwise. */
    private static boolean isNamedRgb(byte[] file, int at) {
        return at + 9 <= file.length && file[at] == 'R' && file[at + 3] == 'G' && file[at + 6] == 'B';
    }

    /** Reads the orientation tag from the first directory of EXIF data, which is a small TIFF file. */
    private static int orientation(byte[] file, int tiff, int end) {
        boolean little = starts(file, tiff, "II*\0");
        if (!little && !starts(file, tiff, "MM\0*")) {
            return 1;
        }
        long directory = tiff + u32(file, tiff + 4, end, little);
        if (directory < tiff || directory + 2 > end) {
            return 1;
        }
        int entry = (int) directory + 2;
        for (int n = u16(file, (int) directory, little); n > 0 && entry + 12 <= end; n--, entry += 12) {
            if (u16(file, entry, little) == 0x0112) {
                int value = u16(file, entry + 8, little);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }

    private static boolean starts(byte[] file, int at, String text) {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        return at + expected.length <= file.length
                && java.util.Arrays.equals(file, at, at + expected.length, expected, 0, expected.length);
    }

    private static int u16(byte[] file, int at) {
        return u16(file, at, false);
    }

    private static int u16(byte[] file, int at, boolean little) {
        int a = file[at] & 0xFF;
        int b = file[at + 1] & 0xFF;
        return little ? b << 8 | a : a << 8 | b;
    }

    private static long u32(byte[] file, int at, int end, boolean little) {
        if (at + 4 > end) {
            return -1;
        }
        long a = u16(file, at, little);
        long b = u16(file, at + 2, little);
        return little ? b << 16 | a : a << 16 | b;
    }
}
