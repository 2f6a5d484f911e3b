package dev.clap4j.fuzz.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** WebP: a RIFF file, whose chunks have a type, a length, data, and padding to an even length. */
final class Riff extends Container {
    private static final int HEADER = 12;
    private static final int FRAME = 8;
    private static final List<Part> KNOWN = Stream.of(
                    "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF", "XMP ")
            .map(type -> new Part(type, new byte[] {0x10, 0, 0, 0, 7, 0, 0, 7, 0, 0}))
            .toList();

    @Override
    List<Part> parts(byte[] content) {
        List<Part> chunks = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int at = Math.min(HEADER, content.length);
        while (content.length - at >= FRAME) {
            int length = bytes.getInt(at + 4);
            if (length < 0 || length > content.length - at - FRAME) {
                break;
            }
            chunks.add(new Part(
                    new String(content, at, 4, StandardCharsets.ISO_8859_1),
                    Arrays.copyOfRange(content, at + FRAME, at + FRAME + length)));
            at += Math.min(content.length - at, FRAME + length + length % 2);
        }
        if (at < content.length) {
            chunks.add(Part.loose(Arrays.copyOfRange(content, at, content.length)));
        }
        return chunks;
    }

    @Override
    byte[] bytes(List<Part> parts) {
        int size = parts.stream().mapToInt(Riff::size).sum();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(4 + size);
        bytes.put("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        for (Part part : parts) {
            int end = bytes.position() + size(part);
            if (part.tag().length() == 4) {
                bytes.put(part.tagBytes()).putInt(part.data().length);
            }
            bytes.put(part.data()).position(end);
        }
        return bytes.array();
    }

    private static int size(Part part) {
        int length = part.data().length;
        return part.tag().length() == 4 ? FRAME + length + length % 2 : length;
    }

    @Override
    List<Part> known() {
        return KNOWN;
    }
}
