package dev.clap4j.fuzz.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Safetensors: the length of a JSON header, the header, the tensors' bytes. */
final class Safetensors extends Container {
    private static final String HEADER = "header";

    @Override
    List<Part> parts(byte[] content) {
        long length = content.length < 8
                ? -1
                : ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > content.length - 8) {
            return List.of(Part.loose(content));
        }
        int begin = 8 + (int) length;
        return List.of(
                new Part(HEADER, Arrays.copyOfRange(content, 8, begin)),
                Part.loose(Arrays.copyOfRange(content, begin, content.length)));
    }

    @Override
    byte[] bytes(List<Part> parts) {
        return Bytes.join(parts.stream()
                .map(part -> part.tag().equals(HEADER) ? withLength(part.data()) : part.data())
                .toArray(byte[][]::new));
    }

    private static byte[] withLength(byte[] header) {
        return ByteBuffer.allocate(8 + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    @Override
    Mutation inside(Part part) {
        return part.tag().equals(HEADER) ? Mutations.JSON : Mutations.BYTES;
    }
}
