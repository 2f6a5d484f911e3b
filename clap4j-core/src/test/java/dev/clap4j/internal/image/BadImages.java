package dev.clap4j.internal.image;

import dev.clap4j.BadFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Image files that cannot be decoded, or must not be, with the message that each must give. */
public final class BadImages {
    private static final String NO_IMAGE =
            ": it should be a JPEG, PNG, WebP, GIF, BMP, TIFF, PBM, PGM, PPM, ICO or TGA image, but it is ";
    private static final String LIMIT = " pixels, the limit is 178956970 in all; make it smaller";

    private final Path folder;
    private final List<BadFile> all = new ArrayList<>();

    private BadImages(Path folder) {
        this.folder = folder;
    }

    /** Writes all of them into a folder. */
    public static List<BadFile> all(Path dir) {
        BadImages bad = new BadImages(dir);
        try {
            Files.createDirectories(dir);
            bad.noImages();
            bad.pngs();
            bad.jpegs();
            bad.others();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(bad.all);
    }

    private void noImages() throws IOException {
        undecodable("an empty file", "empty.jpg", new byte[0], NO_IMAGE + "empty");
        undecodable("a text file", "text.jpg", ascii("not a picture\n"), NO_IMAGE + "a text file");
        undecodable(
                "a web page",
                "page.jpg",
                ascii("<!DOCTYPE html>\n<html><body>404</body></html>"),
                NO_IMAGE + "an HTML page, perhaps an error message saved by a download");
        undecodable(
                "a git-lfs pointer",
                "pointer.png",
                ascii("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 28365\n"),
                NO_IMAGE
                        + "a git-lfs pointer to a file that was not downloaded; run \"git lfs pull\" where it is from");
        undecodable("a drawing", "drawing.png", ascii("<svg width='1'/>"), NO_IMAGE + "an SVG drawing");
        Path directory = Files.createDirectories(folder.resolve("folder.png"));
        add("a folder", directory, "Cannot read " + directory + ": it is a folder, not an image");
        Path missing = folder.resolve("missing.png");
        add("no file", missing, "There is no file " + missing);
    }

    private void pngs() throws IOException {
        Path huge = write("huge.png", png(100_000, 100_000, 2, new byte[10]));
        add(
                "a header that claims ten gigapixels",
                huge,
                "Refused to decode " + huge + ": it claims to have 100000×100000" + LIMIT);
        Path bomb = write("bomb.png", png(30_000, 20_000, 0, new byte[1 << 20]));
        add(
                "a small file that unpacks to a huge image",
                bomb,
                "Refused to decode " + bomb + ": it claims to have 30000×20000" + LIMIT);
        undecodable("a PNG without width", "flat.png", png(0, 5, 2, new byte[5]), ": it claims to have 0×5 pixels");
        byte[] whole = png(40, 40, 2, noise(40 * 121));
        undecodable(
                "a PNG that ends early",
                "cut.png",
                Arrays.copyOf(whole, 2000),
                ": the PNG file is damaged or incomplete (it ends too early)");
        undecodable(
                "a PNG of an unknown colour type",
                "type.png",
                png(4, 4, 5, new byte[100]),
                ": the PNG file is damaged or incomplete (unknown colour type 5 with 8 bits)");
    }

    private void jpegs() throws IOException {
        undecodable(
                "a JPEG that ends in its header",
                "cut.jpg",
                HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000"),
                ": the JPEG file is damaged or incomplete (it ends before the header of the image)");
        String frame = "ffc0000b080010001001011100";
        undecodable(
                "a JPEG with an impossible Huffman table",
                "tables.jpg",
                HexFormat.of()
                        .parseHex("ffd8" + frame
                                + "ffc4001400ff00000000000000000000000000000000ffda0008010100003f00ffd9"),
                ": the JPEG file is damaged or incomplete (Bogus Huffman table definition)");
        undecodable(
                "a JPEG with 12 bits per sample",
                "twelve.jpg",
                HexFormat.of().parseHex("ffd8" + frame.replace("0b08", "0b0c") + "ffd9"),
                ": it is a JPEG file with 12 bits per sample, only 8 are supported. Convert it first");
        undecodable(
                "a JPEG with two components",
                "two.jpg",
                HexFormat.of().parseHex("ffd8ffc0000e08001000100201110002110000ffd9"),
                ": it is a JPEG file with 2 components; gray (1), colour (3) and CMYK (4) are supported");
    }

    private void others() throws IOException {
        undecodable(
                "a GIF without frames",
                "frames.gif",
                HexFormat.of().parseHex("4749463839610a000a000000003b"),
                ": the GIF file is damaged or incomplete (it has no frame)");
        undecodable(
                "a BMP without content",
                "short.bmp",
                ascii("BM"),
                ": the BMP file is damaged or incomplete (it ends too early)");
        undecodable("a TIFF without width", "flat.tif", tiff(256, 0, 257, 7, 262, 1), ": it claims to have 0×7 pixels");
        undecodable(
                "a TIFF of L*a*b* colours",
                "lab.tif",
                tiff(256, 5, 257, 7, 262, 8),
                ": it is a TIFF file of L*a*b* colours with 1 bits per sample, which is not supported; convert it to RGB or"
                        + " grays with 8 bits");
        undecodable(
                "a TIFF packed by a method that is not read",
                "packed.tif",
                tiff(256, 5, 257, 7, 259, 50000, 262, 1),
                ": it is a TIFF file packed by Zstandard, which is not supported; save it with LZW or Deflate instead");
        undecodable(
                "a TIFF that is one huge tile",
                "tile.tif",
                tiff(256, 5, 257, 7, 262, 1, 322, 60000, 323, 60000, 324, 8, 325, 8),
                ": the TIFF file is damaged or incomplete (parts of 60000×60000 pixels)");
        undecodable(
                "a GIF whose frame lies far off its screen",
                "far.gif",
                HexFormat.of().parseHex("47494638396101000100800000000000ffffff2c409c409c01000100000202440100" + "3b"),
                "Refused to decode ",
                ": it claims to have 40001×40001" + LIMIT);
        undecodable(
                "a BMP that claims two gigapixels",
                "huge.bmp",
                HexFormat.of()
                        .parseHex("424d00000000000000003600000028000000ffffff7f010000000100180000000000"
                                + "0000000000000000000000000000000000000000"),
                "Refused to decode ",
                ": it claims to have 2147483647×1" + LIMIT);
        undecodable(
                "a lossless WebP of a few bytes that claims 169 megapixels",
                "dense.webp",
                HexFormat.of().parseHex("5249464614000000574542505650384c080000002fc7f2b10c00000000"),
                "Refused to decode ",
                ": it claims to have 13000×13000 pixels in 29 bytes, which is beyond what compression can do."
                        + " If you trust it, save it as PNG");
        undecodable(
                "a PNG that is long and thin",
                "thin.png",
                png(2, 3_000_000, 0, new byte[10]),
                "Refused to decode ",
                ": it claims to have 2×3000000 pixels, and no edge may have more than 262144");
        undecodable(
                "a JPEG of three thousand scans",
                "scans.jpg",
                HexFormat.of().parseHex("ffd8ffc2000b0807d007d001011100" + "ffda0008010100000000".repeat(3000)),
                ": the JPEG file is damaged or incomplete (it has 3000 scans of 2000×2000 pixels)");
        undecodable(
                "an ICO without images",
                "none.ico",
                new byte[] {0, 0, 1, 0, 0, 0},
                ": the ICO file is damaged or incomplete (it has no image)");
        undecodable(
                "a PGM whose pixels are no numbers",
                "words.pgm",
                ascii("P2 2 1 255\n12 x"),
                ": the NETPBM file is damaged or incomplete (\"x\" where a number should be)");
        undecodable(
                "a TGA of an unknown kind",
                "kind.tga",
                HexFormat.of().parseHex("000003000000000000000000010001000c00" + "00"),
                ": it is a TGA file of kind 3 with 12 bits, which is not supported; convert it to PNG");
        undecodable(
                "a HEIC image",
                "photo.heic",
                ascii("\0\0\0\u0018ftypheic\0\0\0\0mif1heic"),
                ": it is a HEIC image, which is not supported; convert it to JPEG or PNG");
        undecodable(
                "a WebP that ends early",
                "cut.webp",
                ascii("RIFF\u0010\0\0\0WEBPVP8 "),
                ": the WEBP file is damaged or incomplete (it ends too early)");
    }

    /** A TIFF file without pixels whose fields have one number each. */
    private static byte[] tiff(int... fields) {
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + fields.length * 6 + 4).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(ascii("II*\0")).putInt(8).putShort((short) (fields.length / 2));
        for (int i = 0; i < fields.length; i += 2) {
            tiff.putShort((short) fields[i]).putShort((short) 4).putInt(1).putInt(fields[i + 1]);
        }
        return tiff.array();
    }

    /** A PNG with 8 bits per sample whose rows are whatever is given. */
    static byte[] png(int width, int height, int colourType, byte[] rows) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(rows);
        }
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 8).put((byte) colourType);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(HexFormat.of().parseHex("89504e470d0a1a0a"));
        chunk(file, "IHDR", header.array());
        chunk(file, "IDAT", packed.toByteArray());
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(ascii(type));
        crc.update(data);
        file.write(ByteBuffer.allocate(4).putInt(data.length).array());
        file.write(ascii(type));
        file.write(data);
        file.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static byte[] noise(int length) {
        byte[] rows = Bitmaps.random(PixelMode.L, length, 1, 1).samples();
        for (int i = 0; i < length; i += 121) {
            rows[i] = 0;
        }
        return rows;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void undecodable(String name, String file, byte[] content, String message) throws IOException {
        undecodable(name, file, content, "Cannot decode ", message);
    }

    private void undecodable(String name, String file, byte[] content, String before, String after) throws IOException {
        Path path = write(file, content);
        add(name, path, before + path + after);
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private void add(String name, Path path, String message) {
        all.add(new BadFile(name, path, message));
    }
}
