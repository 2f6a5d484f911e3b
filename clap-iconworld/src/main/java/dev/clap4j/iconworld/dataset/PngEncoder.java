package dev.clap4j.iconworld.dataset;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Encodes square pictures as PNG (8-bit RGB, every row as its difference from the one above), in a third of the time of
 * {@code ImageIO}, which looks for a writer and sets up a cache for each.
 */
final class PngEncoder {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte UP = 2;
    private static final int LEVEL = 4;

    private PngEncoder() {}

    /**
     * A whole file.
     *
     * @param planar bytes {@code [3, side, side]}: red, green, blue
     */
    static byte[] encode(byte[] planar, int side) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(planar.length);
        file.writeBytes(SIGNATURE);
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(side)
                        .putInt(side)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        chunk(file, "IDAT", deflate(rows(planar, side)));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    /** Each row behind the number of its filter. */
    private static byte[] rows(byte[] planar, int side) {
        byte[] rows = new byte[side * (1 + 3 * side)];
        int to = 0;
        for (int y = 0; y < side; y++) {
            rows[to++] = UP;
            for (int x = 0; x < side; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    int from = (channel * side + y) * side + x;
                    rows[to++] = (byte) (planar[from] - (y == 0 ? 0 : planar[from - side]));
                }
            }
        }
        return rows;
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream deflated = new ByteArrayOutputStream(bytes.length);
            byte[] part = new byte[8192];
            while (!deflater.finished()) {
                deflated.write(part, 0, deflater.deflate(part));
            }
            return deflated.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
        byte[] body = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        CRC32 check = new CRC32();
        check.update(body);
        file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        file.writeBytes(body);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
