package dev.clap4j.internal.image.tiff;

import dev.clap4j.internal.image.format.UnsupportedImageException;
import java.io.IOException;

/** The compression of strips and tiles. */
enum Packing {
    NONE,
    /** Huffman-coded runs, with rows starting at byte boundaries. */
    CCITT_RUNS,
    /** Fax, group 3. */
    CCITT_GROUP3,
    /** Fax, group 4. */
    CCITT_GROUP4,
    LZW,
    JPEG,
    DEFLATE,
    PACK_BITS;

    static Packing of(TiffDirectory directory) throws IOException {
        int code = directory.number(Tag.COMPRESSION, 1);
        return switch (code) {
            case 1 -> NONE;
            case 2 -> CCITT_RUNS;
            case 3 -> CCITT_GROUP3;
            case 4 -> CCITT_GROUP4;
            case 5 -> LZW;
            case 7 -> JPEG;
            case 8, 32946 -> DEFLATE;
            case 32773 -> PACK_BITS;
            default ->
                throw new UnsupportedImageException("it is a TIFF file packed by " + name(code)
                        + ", which is not supported; save it with LZW or Deflate instead");
        };
    }

    private static String name(int code) {
        return switch (code) {
            case 6 -> "the JPEG method of TIFF 6.0";
            case 34661 -> "JBIG";
            case 34712 -> "JPEG 2000";
            case 34925 -> "LZMA";
            case 50000 -> "Zstandard";
            case 50001 -> "WebP";
            default -> "method " + code;
        };
    }

    boolean isCcitt() {
        return this == CCITT_RUNS || this == CCITT_GROUP3 || this == CCITT_GROUP4;
    }

    /** Returns whether samples may be stored as differences. */
    boolean hasPredictor() {
        return this == LZW || this == DEFLATE;
    }
}
