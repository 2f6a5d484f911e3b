package dev.clap4j.internal.image.tiff;

import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.format.UnsupportedImageException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The layout of a file's samples, limited to those that Pillow supports.
 *
 * @param mode the mode of the bitmap
 * @param bits bits per sample
 * @param stored samples per pixel in the file, including those not used
 * @param used samples per pixel that are used
 * @param kind the number format
 * @param inverted whether 0 is white
 * @param premultiplied whether colours are multiplied by opacity
 */
record TiffSamples(PixelMode mode, int bits, int stored, int used, Kind kind, boolean inverted, boolean premultiplied) {
    /** The number formats. */
    enum Kind {
        UNSIGNED,
        SIGNED,
        FLOAT
    }

    static final int WHITE_IS_ZERO = 0;
    static final int BLACK_IS_ZERO = 1;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int INKS = 5;
    static final int YCBCR = 6;
    static final int LAB = 8;

    private static final int ASSOCIATED = 1;
    private static final int UNASSOCIATED = 2;
    /** The value Corel Draw 10 uses for opacity. */
    private static final int COREL = 999;

    private static final int MAX_STORED = 6;
    private static final Kind[] KINDS = {Kind.UNSIGNED, Kind.SIGNED, Kind.FLOAT};

    /**
     * Determines the layout described by a directory.
     *
     * @param photometric the colour interpretation
     * @param jpeg whether samples are JPEG-compressed, which holds YCbCr
     * @throws UnsupportedImageException if the layout is not supported
     */
    static TiffSamples of(TiffDirectory directory, int photometric, boolean jpeg) throws IOException {
        long[] bits = bits(directory);
        long[] formats = directory.numbers(Tag.SAMPLE_FORMAT, 1);
        long[] extra = directory.numbers(Tag.EXTRA_SAMPLES);
        boolean planar = directory.number(Tag.PLANAR, 1) == 2;
        if (planar && extra.length < bits.length && Arrays.stream(extra).allMatch(sample -> sample == 0)) {
            // Unspecified samples are planes of their own, after the others.
            bits = Arrays.copyOf(bits, bits.length - extra.length);
            extra = new long[0];
        }
        boolean uniform = allSame(bits) && allSame(formats);
        int stored = bits.length;
        int colours = extra.length <= stored ? stored - extra.length : -1;
        boolean spare = Arrays.stream(extra).skip(1).allMatch(sample -> sample == 0);
        long format = formats.length == 0 ? 0 : formats[0];
        if (uniform && spare && colours > 0 && format >= 1 && format <= KINDS.length) {
            Kind kind = KINDS[(int) format - 1];
            Description file = new Description(
                    photometric,
                    (int) bits[0],
                    stored,
                    kind,
                    extra,
                    directory.bytes().bigEndian(),
                    planar);
            TiffSamples samples = photometric == YCBCR && !jpeg && stored > 1 ? null : file.samples();
            if (samples != null) {
                return samples;
            }
        }
        throw new UnsupportedImageException("it is a TIFF file of " + name(photometric) + " with "
                + list(bits) + " bits per sample" + format(formats) + extra(extra)
                + ", which is not supported; convert it to RGB or grays with 8 bits");
    }

    private static boolean allSame(long[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    private static long[] bits(TiffDirectory directory) throws IOException {
        long[] bits = directory.numbers(Tag.BITS_PER_SAMPLE, 1);
        int samples = directory.number(Tag.SAMPLES_PER_PIXEL, 1);
        if (samples < 1 || samples > MAX_STORED) {
            throw new UnsupportedImageException("it is a TIFF file with " + samples + " samples per pixel; at most "
                    + MAX_STORED + " are read. Convert it first");
        }
        if (samples > bits.length && bits.length == 1) {
            long[] repeated = new long[samples];
            Arrays.fill(repeated, bits[0]);
            return repeated;
        }
        if (samples > bits.length) {
            throw new IOException(samples + " samples per pixel, but the bits of " + bits.length);
        }
        return Arrays.copyOf(bits, samples);
    }

    /** The properties by which a layout is looked up; all samples are alike. */
    private record Description(
            int photometric, int bits, int stored, Kind kind, long[] extra, boolean bigEndian, boolean planar) {
        private TiffSamples samples() {
            if (kind != Kind.UNSIGNED && (photometric > BLACK_IS_ZERO || stored > 1)) {
                return null;
            }
            return switch (photometric) {
                case WHITE_IS_ZERO, BLACK_IS_ZERO -> grays();
                case RGB -> rgb();
                case PALETTE -> palette();
                case INKS -> inks();
                case YCBCR -> ycbcr();
                default -> null;
            };
        }

        private TiffSamples grays() {
            if (stored > 1) {
                boolean opacity = stored == 2 && bits == 8 && photometric == BLACK_IS_ZERO && isExtra(UNASSOCIATED);
                return opacity ? of(PixelMode.LA, 2) : null;
            }
            boolean white = photometric == WHITE_IS_ZERO;
            PixelMode mode =
                    switch (kind) {
                        case UNSIGNED -> unsigned(white);
                        case SIGNED -> white ? null : bits == 8 ? PixelMode.L : isWide() ? PixelMode.I : null;
                        case FLOAT -> bits == 32 ? PixelMode.F : null;
                    };
            // Grey levels of more than 8 bits are taken as they are, whatever the white level.
            return mode == null ? null : new TiffSamples(mode, bits, 1, 1, kind, white && bits <= 8, false);
        }

        private boolean isWide() {
            return bits == 16 || bits == 32;
        }

        private PixelMode unsigned(boolean white) {
            return switch (bits) {
                case 1 -> PixelMode.ONE;
                case 2, 4, 8 -> PixelMode.L;
                case 12 -> white || bigEndian ? null : PixelMode.I16;
                case 16 -> bigEndian ? (white ? null : PixelMode.I16B) : PixelMode.I16;
                case 32 -> white || bigEndian ? null : PixelMode.I;
                default -> null;
            };
        }

        private TiffSamples rgb() {
            if ((bits != 8 && bits != 16) || stored < 3 || (bits == 16 && stored > 4)) {
                return null;
            }
            if (stored == 3) {
                return extra.length == 0 ? of(PixelMode.RGB, 3) : null;
            }
            if (extra.length == 0) {
                // With separate planes, it is unclear whether colours are multiplied by this kind of opacity.
                return stored == 4 && !planar ? of(PixelMode.RGBA, 4) : null;
            }
            if (extra.length != stored - 3) {
                return null;
            }
            if (extra[0] == 0) {
                return of(PixelMode.RGB, 3);
            }
            if (extra[0] == ASSOCIATED) {
                return new TiffSamples(PixelMode.RGBA, bits, stored, 4, kind, false, true);
            }
            boolean opacity = extra[0] == UNASSOCIATED || (extra[0] == COREL && stored == 4 && bits == 8);
            return opacity ? of(PixelMode.RGBA, 4) : null;
        }

        private TiffSamples palette() {
            boolean plain = stored == 1 && (bits == 1 || bits == 2 || bits == 4 || bits == 8);
            return plain || (stored == 2 && bits == 8 && isExtra(0)) ? of(PixelMode.P, 1) : null;
        }

        private TiffSamples inks() {
            boolean plain = stored == 4 && (bits == 8 || bits == 16) && extra.length == 0;
            boolean spare = bits == 8 && stored > 4 && extra.length == stored - 4 && extra[0] == 0;
            return plain || spare ? of(PixelMode.CMYK, 4) : null;
        }

        private TiffSamples ycbcr() {
            if (bits != 8 || extra.length > 0) {
                return null;
            }
            return stored == 1 ? of(PixelMode.L, 1) : stored == 3 ? of(PixelMode.RGB, 3) : null;
        }

        private boolean isExtra(int meaning) {
            return extra.length == 1 && extra[0] == meaning;
        }

        private TiffSamples of(PixelMode mode, int used) {
            return new TiffSamples(mode, bits, stored, used, kind, false, false);
        }
    }

    private static String name(int photometric) {
        return switch (photometric) {
            case WHITE_IS_ZERO, BLACK_IS_ZERO -> "grays";
            case RGB -> "RGB colours";
            case PALETTE -> "colours of a palette";
            case 4 -> "a mask";
            case INKS -> "inks";
            case YCBCR -> "YCbCr colours";
            case LAB, 9, 10 -> "L*a*b* colours";
            case 32803 -> "a camera's raw samples";
            default -> "photometric interpretation " + photometric;
        };
    }

    private static String format(long[] formats) {
        return switch (formats.length == 0 || !allSame(formats) ? 0 : (int) formats[0]) {
            case 1 -> "";
            case 2 -> ", signed";
            case 3 -> ", floating point";
            case 4 -> " of no known meaning";
            case 5, 6 -> ", complex";
            default -> " in the formats " + list(formats);
        };
    }

    private static String extra(long[] extra) {
        return extra.length == 0 ? "" : " and extra samples " + list(extra);
    }

    private static String list(long[] values) {
        return String.join(
                " ",
                Arrays.stream(values).limit(MAX_STORED).mapToObj(Long::toString).toList());
    }
}
