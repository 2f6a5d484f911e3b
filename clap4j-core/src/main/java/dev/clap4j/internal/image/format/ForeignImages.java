package dev.clap4j.internal.image.format;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Recognises image files of unsupported kinds, for error messages. */
public final class ForeignImages {
    private static final int HEAD = 32;

    /** First bytes of files; the names are worded to follow "it is". */
    private static final Map<String, String> BEGINNINGS = Map.ofEntries(
            Map.entry("\0\0\0\fjP  ", "a JPEG 2000 image"),
            Map.entry("\u00ffO\u00ffQ", "a JPEG 2000 image"),
            Map.entry("\0\0\0\fJXL ", "a JPEG XL image"),
            Map.entry("\u00ff\n", "a JPEG XL image"),
            Map.entry("II\u00bc\u0001", "a JPEG XR image"),
            Map.entry("8BPS", "a Photoshop document"),
            Map.entry("gimp xcf", "a GIMP image"),
            Map.entry("v/1\u0001", "an OpenEXR image"),
            Map.entry("#?RADIANCE", "a Radiance HDR image"),
            Map.entry("DDS ", "a DirectDraw surface"),
            Map.entry("qoif", "a QOI image"),
            Map.entry("icns", "an Apple icon"),
            Map.entry("\0\0\u0002\0", "a Windows cursor"),
            Map.entry("SIMPLE  =", "a FITS image"),
            Map.entry("P7\n", "a PAM image"),
            Map.entry("PF\n", "a PFM image with colours"),
            Map.entry("\u0001\u00da", "an SGI image"),
            Map.entry("FORM", "an IFF image"),
            Map.entry("AT&TFORM", "a DjVu document"),
            Map.entry("%!PS", "a PostScript document"),
            Map.entry("BPG\u00fb", "a BPG image"),
            Map.entry("FLIF", "a FLIF image"));

    /** The brands of ISO media files. */
    private static final Map<String, String> BRANDS = Map.ofEntries(
            Map.entry("avif", "an AVIF image"),
            Map.entry("avis", "an AVIF image"),
            Map.entry("heic", "a HEIC image"),
            Map.entry("heix", "a HEIC image"),
            Map.entry("heim", "a HEIC image"),
            Map.entry("heis", "a HEIC image"),
            Map.entry("hevc", "a HEIC image"),
            Map.entry("hevx", "a HEIC image"),
            Map.entry("mif1", "a HEIF image"),
            Map.entry("msf1", "a HEIF image"),
            Map.entry("crx ", "a camera's raw file"));

    private ForeignImages() {}

    /** Returns the kind of a file, worded to follow "it is"; empty if unknown. */
    public static Optional<String> name(byte[] file) {
        String head = new String(file, 0, Math.min(file.length, HEAD), StandardCharsets.ISO_8859_1);
        if (head.startsWith("ftyp", 4)) {
            String brand = head.length() < 12 ? "" : head.substring(8, 12);
            return Optional.of(BRANDS.getOrDefault(brand, "a video, or an image in a container of videos"));
        }
        return BEGINNINGS.entrySet().stream()
                .filter(entry -> head.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
