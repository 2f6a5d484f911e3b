package dev.clap4j.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, checked against the file.
 *
 * @param metadata free-form text stored with the tensors
 * @param entries the tensors and their positions, by name
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {
    /** The limit set by the format. */
    static final int MAX_HEADER_BYTES = 100_000_000;

    private static final int LENGTH_BYTES = 8;

    /**
     * A tensor and the range of its bytes in the file.
     *
     * @param info name, type and shape
     * @param begin the first byte
     * @param end the byte after the last
     */
    record Entry(TensorInfo info, long begin, long end) {}

    /**
     * Reads the header and checks it against the file.
     *
     * @throws MalformedFile if it does not describe the file
     */
    static SafetensorsHeader read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < LENGTH_BYTES) {
            throw new MalformedFile("it has " + size + " bytes, a safetensors file has at least " + LENGTH_BYTES);
        }
        long headerBytes = read(channel, 0, LENGTH_BYTES).getLong();
        if (headerBytes < 2 || headerBytes > size - LENGTH_BYTES) {
            throw new MalformedFile(
                    "its header should be " + Long.toUnsignedString(headerBytes) + " bytes long, but the file has "
                            + (size - LENGTH_BYTES)
                            + " after the length; it is not a safetensors file, or it is truncated");
        }
        if (headerBytes > MAX_HEADER_BYTES) {
            throw new MalformedFile("its header is " + headerBytes + " bytes long, the limit is " + MAX_HEADER_BYTES);
        }
        SafetensorsHeader header = SafetensorsJson.parse(read(channel, LENGTH_BYTES, (int) headerBytes));
        return header.placed(LENGTH_BYTES + headerBytes, size);
    }

    private static ByteBuffer read(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // keep reading
        }
        return buffer.flip();
    }

    /** Returns this header with positions relative to the start of the file, after checking them. */
    private SafetensorsHeader placed(long dataStart, long fileSize) {
        Map<String, Entry> placed = new LinkedHashMap<>();
        long dataBytes = fileSize - dataStart;
        entries.forEach((name, entry) -> {
            TensorInfo info = entry.info();
            if (entry.end() > dataBytes) {
                throw new MalformedFile("tensor " + name + " lies at [" + entry.begin() + "," + entry.end()
                        + "], outside the file's " + dataBytes + " bytes of data; it is truncated or damaged");
            }
            long bytes = info.elements() * info.type().bytes();
            if (entry.end() - entry.begin() != bytes) {
                throw new MalformedFile("tensor " + name + " has " + (entry.end() - entry.begin()) + " bytes, but "
                        + info.type() + Arrays.toString(info.shape()) + " takes " + bytes);
            }
            placed.put(name, new Entry(info, dataStart + entry.begin(), dataStart + entry.end()));
        });
        checkCoverage(placed, dataStart, fileSize);
        return new SafetensorsHeader(metadata, placed);
    }

    private static void checkCoverage(Map<String, Entry> entries, long dataStart, long fileSize) {
        List<Entry> byPosition = new ArrayList<>(entries.values());
        byPosition.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long covered = dataStart;
        String before = "";
        for (Entry entry : byPosition) {
            if (entry.begin < covered) {
                throw new MalformedFile("tensors " + before + " and " + entry.info.name() + " overlap");
            }
            checkGap(covered, entry.begin);
            covered = entry.end;
            before = entry.info.name();
        }
        checkGap(covered, fileSize);
    }

    private static void checkGap(long from, long to) {
        if (from < to) {
            throw new MalformedFile(
                    (to - from) + " bytes from byte " + from + " on belong to no tensor; it is damaged");
        }
    }
}
