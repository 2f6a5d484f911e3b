package dev.clap4j.internal.image.format;

import dev.clap4j.internal.image.EncodedImage;
import dev.clap4j.internal.image.tiff.TiffFile;
import dev.clap4j.internal.image.webp.WebpFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The supported kinds of image files, recognised by their content, except TGA, which may also need its name. */
public enum ImageFormat {
    /** JPEG. */
    JPEG("jpg jpeg jpe jfif"),
    /** PNG. */
    PNG("png apng"),
    /** WebP. */
    WEBP("webp"),
    /** GIF. */
    GIF("gif"),
    /** Windows bitmaps. */
    BMP("bmp dib"),
    /** TIFF. */
    TIFF("tif tiff"),
    /** PBM, PGM, PPM and PFM. */
    NETPBM("pbm pgm ppm pnm pfm"),
    /** Windows icons. */
    ICO("ico"),
    /** Truevision TGA; it has no signature at its start, so it is recognised by its name or its end. */
    TGA("tga targa vda icb vst");

    /** The names of all kinds, for messages. */
    public static final String KNOWN = "JPEG, PNG, WebP, GIF, BMP, TIFF, PBM, PGM, PPM, ICO or TGA";

    /** The usual file extensions, for messages. */
    public static final String ENDINGS = ".jpg, .png, .webp, .gif, .bmp, .tif, .ppm, .ico or .tga";

    private static final int HEAD = 16;
    private static final String TGA_END = "TRUEVISION-XFILE.\0";

    /** Separated by spaces. */
    private final String extensions;

    ImageFormat(String extensions) {
        this.extensions = extensions;
    }

    /** Returns the kind of a file; empty if it is none of these. */
    public static Optional<ImageFormat> of(byte[] file, String name) {
        String head = latin(file, 0, HEAD);
        return Stream.of(values())
                .filter(format -> format == TGA ? isTga(file, name) : format.begins(head))
                .findFirst();
    }

    private static String latin(byte[] file, int from, int length) {
        int end = Math.min(file.length, from + length);
        return new String(file, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private boolean begins(String head) {
        return switch (this) {
            case JPEG -> head.startsWith("\u00ff\u00d8\u00ff");
            case PNG -> head.startsWith("\u0089PNG\r\n\u001a\n");
            case WEBP -> head.startsWith("RIFF") && head.startsWith("WEBP", 8);
            case GIF -> head.startsWith("GIF87a") || head.startsWith("GIF89a");
            case BMP -> head.startsWith("BM");
            case TIFF -> TiffFile.begins(head);
            case NETPBM -> NetpbmFile.begins(head);
            case ICO -> head.startsWith("\0\0\u0001\0");
            case TGA -> false;
        };
    }

    private static boolean isTga(byte[] file, String name) {
        return TgaFile.isPlausible(file)
                && (TGA.named(name)
                        || latin(file, Math.max(0, file.length - TGA_END.length()), TGA_END.length())
                                .equals(TGA_END));
    }

    private boolean named(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !extension.isEmpty() && (" " + extensions + " ").contains(" " + extension + " ");
    }

    /** Returns the extensions of all kinds, in lower case and without a dot. */
    public static List<String> extensions() {
        return Stream.of(values())
                .flatMap(format -> Stream.of(format.extensions.split(" ")))
                .toList();
    }

    /** Returns whether a name has the extension of one of the kinds. */
    public static boolean isNamed(String name) {
        return Stream.of(values()).anyMatch(format -> format.named(name));
    }

    /**
     * Reads the header of a file of this kind.
     *
     * @param name the file's name, for warnings
     * @throws IOException if it is damaged, ends too early, or is of an unsupported variety
     */
    public EncodedImage read(byte[] file, String name) throws IOException {
        return switch (this) {
            case JPEG -> JpegFile.read(file, name);
            case PNG -> PngFile.read(file);
            case WEBP -> WebpFile.read(file);
            case GIF -> GifFile.read(file);
            case BMP -> BmpFile.read(file);
            case TIFF -> TiffFile.read(file);
            case NETPBM -> NetpbmFile.read(file);
            case ICO -> IcoFile.read(file);
            case TGA -> TgaFile.read(file);
        };
    }
}
