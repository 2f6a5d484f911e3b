package dev.clap4j.fuzz.mutation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** JPEG: segments of a marker, a length and data; the start of a scan is followed by coded bits. */
final class Jpeg extends Container {
    private static final int FIRST_WITH_LENGTH = 0xC0;
    private static final int START_OF_SCAN = 0xDA;
    private static final List<Part> KNOWN = IntStream.range(FIRST_WITH_LENGTH, 0xFF)
            .mapToObj(marker -> new Part(Character.toString(marker), new byte[] {8, 0, 16, 0, 16, 1, 1, 0x11, 0}))
            .toList();

    @Override
    List<Part> parts(byte[] content) {
        List<Part> segments = new ArrayList<>();
        int at = 0;
        while (content.length - at >= 2 && (content[at] & 0xFF) == 0xFF) {
            int marker = content[at + 1] & 0xFF;
            int begin = at + 2;
            int end = begin;
            if (hasLength(marker)) {
                if (content.length - begin < 2) {
                    break;
                }
                int length = ByteBuffer.wrap(content).getShort(begin) & 0xFFFF;
                if (length < 2 || length > content.length - begin) {
                    break;
                }
                begin += 2;
                end += length;
            }
            if (marker == START_OF_SCAN) {
                end = endOfScan(content, end);
            }
            segments.add(new Part(Character.toString(marker), Arrays.copyOfRange(content, begin, end)));
            at = end;
        }
        if (at < content.length) {
            segments.add(Part.loose(Arrays.copyOfRange(content, at, content.length)));
        }
        return segments;
    }

    private static boolean hasLength(int marker) {
        return marker >= FIRST_WITH_LENGTH && !(marker >= 0xD0 && marker <= 0xD9);
    }

    private static int endOfScan(byte[] content, int from) {
        for (int i = from; i + 1 < content.length; i++) {
            int next = content[i + 1] & 0xFF;
            if ((content[i] & 0xFF) == 0xFF && next != 0 && !(next >= 0xD0 && next <= 0xD7)) {
                return i;
            }
        }
        return content.length;
    }

    @Override
    byte[] bytes(List<Part> parts) {
        List<byte[]> segments = new ArrayList<>();
        for (Part part : parts) {
            if (!part.tag().isEmpty()) {
                int marker = part.tag().charAt(0);
                segments.add(new byte[] {(byte) 0xFF, (byte) marker});
                if (hasLength(marker)) {
                    int length = 2 + (marker == START_OF_SCAN ? scanHeader(part.data()) : part.data().length);
                    segments.add(new byte[] {(byte) (length >> 8), (byte) length});
                }
            }
            segments.add(part.data());
        }
        return Bytes.join(segments.toArray(byte[][]::new));
    }

    /** Returns the length of a scan header: the number of components, two bytes for each, and three more. */
    private static int scanHeader(byte[] data) {
        return data.length == 0 ? 0 : Math.min(data.length, 4 + 2 * (data[0] & 0xFF));
    }

    @Override
    List<Part> known() {
        return KNOWN;
    }
}
