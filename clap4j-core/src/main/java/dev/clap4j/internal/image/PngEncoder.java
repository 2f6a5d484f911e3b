package dev.clap4j.internal.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Encodes bitmaps as PNG (8-bit RGB, each row filtered by the one above). For many small pictures this is faster than
 * {@code ImageIO}, which looks up a writer and sets up a cache for each.
 */
public final class PngEncoder {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte UP = 2;
    private static final int LEVEL = 4;
    private static final int BYTES = 3;

    private PngEncoder() {}

    /**
     * Encodes a whole file.
     *
     * @param bitmap a bitmap of mode RGB
     * @throws IllegalArgumentException if it is of another mode
     */
    public static byte[] encode(Bitmap bitmap) {
        if (bitmap.mode() != PixelMode.RGB) {
            throw new IllegalArgumentException("Only RGB can be encoded, not " + bitmap);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream(bitmap.samples().length);
        file.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(bitmap.width()).putInt(bitmap.height());
        chunk(file, "IHDR", header.put(new byte[] {8, 2, 0, 0, 0}).array());
        chunk(file, "IDAT", deflate(rows(bitmap)));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    /** Returns the rows, each preceded by its filter type. */
    private static byte[] rows(Bitmap bitmap) {
        byte[] samples = bitmap.samples();
        int width = BYTES * bitmap.width();
        byte[] rows = new byte[bitmap.height() * (1 + width)];
        int to = 0;
        for (int from = 0; from < samples.length; from++) {
            if (from % width == 0) {
                rows[to++] = UP;
            }
            rows[to++] = (byte) (samples[from] - (from < width ? 0 : samples[from - width]));
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
