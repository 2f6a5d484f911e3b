package dev.clap4j.fuzz.mutation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tar archives: a header for each member, with a checksum, and its content, padded to whole blocks. Checksums are
 * corrected, sizes are not.
 */
final class Tar extends Container {
    private static final String HEADER = "header";
    private static final String CONTENT = "content";
    private static final int BLOCK = 512;
    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;

    @Override
    List<Part> parts(byte[] content) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (content.length - at >= BLOCK && content[at + CHECKSUM] != 0) {
            parts.add(new Part(HEADER, Arrays.copyOfRange(content, at, at + BLOCK)));
            int size = size(content, at);
            at += BLOCK;
            if (size < 0 || padded(size) > content.length - at) {
                break;
            }
            if (size > 0) {
                parts.add(new Part(CONTENT, Arrays.copyOfRange(content, at, at + size)));
            }
            at += padded(size);
        }
        if (at < content.length) {
            parts.add(Part.loose(Arrays.copyOfRange(content, at, content.length)));
        }
        return parts;
    }

    private static int size(byte[] content, int header) {
        String digits = new String(content, header + SIZE, 11, StandardCharsets.ISO_8859_1);
        return digits.matches("0[0-7]{10}") ? Integer.parseInt(digits, 8) : -1;
    }

    private static int padded(int size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    @Override
    byte[] bytes(List<Part> parts) {
        return Bytes.join(parts.stream().map(Tar::bytes).toArray(byte[][]::new));
    }

    private static byte[] bytes(Part part) {
        return switch (part.tag()) {
            case HEADER -> checked(Arrays.copyOf(part.data(), BLOCK));
            case CONTENT -> Arrays.copyOf(part.data(), padded(part.data().length));
            default -> part.data();
        };
    }

    private static byte[] checked(byte[] header) {
        Arrays.fill(header, CHECKSUM, CHECKSUM + 8, (byte) ' ');
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xFF;
        }
        ByteBuffer.wrap(header)
                .position(CHECKSUM)
                .put(String.format("%06o\0", sum).getBytes(StandardCharsets.ISO_8859_1));
        return header;
    }
}
