package dev.clap4j.image;

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
    private static final String LIMIT = " pixels, the limit is 178956970 in all. If you trust it, raise the limit";

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
                "a JPEG with 12 bits a sample",
                "twelve.jpg",
                HexFormat.of().parseHex("ffd8" + frame.replace("0b08", "0b0c") + "ffd9"),
                ": it is a JPEG file with 12 bits a sample, only 8 are supported. Convert it first");
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
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 3 * 12 + 4).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(ascii("II*\0")).putInt(8).putShort((short) 3);
        entry(tiff, 256, 0);
        entry(tiff, 257, 7);
        entry(tiff, 262, 1);
        undecodable("a TIFF without width", "flat.tif", tiff.array(), ": it claims to have 0×7 pixels");
        undecodable(
                "a WebP that ends early",
                "cut.webp",
                ascii("RIFF\u0010\0\0\0WEBPVP8 "),
                ": the WEBP file is damaged or incomplete (it ends too early)");
    }

    private static void entry(ByteBuffer tiff, int tag, int value) {
        tiff.putShort((short) tag).putShort((short) 4).putInt(1).putInt(value);
    }

    /** A PNG with 8 bits a sample whose rows are whatever is given. */
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
        Path path = write(file, content);
        add(name, path, "Cannot decode " + path + message);
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private void add(String name, Path path, String message) {
        all.add(new BadFile(name, path, message));
    }
}
