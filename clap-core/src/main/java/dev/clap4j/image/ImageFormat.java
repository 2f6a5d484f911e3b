package dev.clap4j.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of image files that are read, told by how they begin and not by their names. */
enum ImageFormat {
    JPEG,
    PNG,
    WEBP,
    GIF,
    BMP,
    TIFF;

    /** For messages. */
    static final String KNOWN = "JPEG, PNG, WebP, GIF, BMP or TIFF";

    /** The kind of a file; nothing if it is none of them. */
    static Optional<ImageFormat> of(byte[] file) {
        String head = new String(file, 0, Math.min(file.length, 16), StandardCharsets.ISO_8859_1);
        return Stream.of(values()).filter(format -> format.begins(head)).findFirst();
    }

    private boolean begins(String head) {
        return switch (this) {
            case JPEG -> head.startsWith("\u00ff\u00d8\u00ff");
            case PNG -> head.startsWith("\u0089PNG\r\n\u001a\n");
            case WEBP -> head.startsWith("RIFF") && head.startsWith("WEBP", 8);
            case GIF -> head.startsWith("GIF87a") || head.startsWith("GIF89a");
            case BMP -> head.startsWith("BM");
            case TIFF ->
                head.startsWith("II*\0")
                        || head.startsWith("MM\0*")
                        || head.startsWith("II+\0")
                        || head.startsWith("MM\0+");
        };
    }
}
