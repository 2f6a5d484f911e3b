package dev.clap4j.fuzz.mutation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** PNG: a signature, then chunks of length, type, data and checksum. */
final class Png extends Container {
    private static final int SIGNATURE = 8;
    private static final int FRAME = 12;
    private static final Mutation PIXELS = Zlib.deflate(Mutations.BYTES);
    private static final List<Part> KNOWN = Stream.of(
                    "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "tEXt", "zTXt", "iTXt",
                    "bKGD", "pHYs", "sBIT", "hIST", "tIME", "eXIf", "acTL", "fcTL", "fdAT", "sPLT", "xxxx", "XXXX")
            .map(type -> new Part(type, new byte[] {0, 0, 0, 2, 0, 1}))
            .toList();

    @Override
    List<Part> parts(byte[] content) {
        List<Part> chunks = new ArrayList<>();
        int at = Math.min(SIGNATURE, content.length);
        while (content.length - at >= FRAME) {
            int length = ByteBuffer.wrap(content).getInt(at);
            if (length < 0 || length > content.length - at - FRAME) {
                break;
            }
            chunks.add(new Part(
                    new String(content, at + 4, 4, StandardCharsets.ISO_8859_1),
                    Arrays.copyOfRange(content, at + 8, at + 8 + length)));
            at += FRAME + length;
        }
        if (at < content.length) {
            chunks.add(Part.loose(Arrays.copyOfRange(content, at, content.length)));
        }
        return chunks;
    }

    @Override
    byte[] bytes(List<Part> parts) {
        List<byte[]> chunks = new ArrayList<>();
        chunks.add(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        parts.forEach(part -> chunks.add(part.tag().length() == 4 ? chunk(part) : part.data()));
        return Bytes.join(chunks.toArray(byte[][]::new));
    }

    private static byte[] chunk(Part part) {
        ByteBuffer chunk = ByteBuffer.allocate(FRAME + part.data().length);
        chunk.putInt(part.data().length).put(part.tagBytes()).put(part.data());
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array(), 4, 4 + part.data().length);
        return chunk.putInt((int) checksum.getValue()).array();
    }

    @Override
    List<Part> known() {
        return KNOWN;
    }

    @Override
    Mutation inside(Part part) {
        return part.tag().equals("IDAT") ? PIXELS : Mutations.BYTES;
    }
}
