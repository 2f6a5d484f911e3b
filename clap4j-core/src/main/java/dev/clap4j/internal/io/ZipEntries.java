package dev.clap4j.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The positions of a zip archive's stored entries in its file, so that they can be memory-mapped (PKWARE's APPNOTE,
 * sections 4.3 and 4.5.3; zip64 included).
 *
 * <p>Nothing is inflated, and every range is checked against the file and the other entries.
 */
final class ZipEntries {
    private static final int END = 0x06054b50;
    private static final int END64_LOCATOR = 0x07064b50;
    private static final int END64 = 0x06064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_BYTES = 20;
    private static final int END64_BYTES = 56;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final long MAX_DIRECTORY_BYTES = 16L << 20;
    private static final int MAX_ENTRIES = 100_000;
    private static final long UNSIGNED_INT = 0xFFFFFFFFL;

    private final FileChannel channel;
    private final long fileSize;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * The position of an entry.
     *
     * @param name its path in the archive
     * @param plain whether it is stored as is, neither compressed nor encrypted
     * @param header position of its local header
     * @param begin position of its first byte
     * @param bytes its size
     */
    record Entry(String name, boolean plain, long header, long begin, long bytes) {}

    private record Directory(long begin, long bytes, long count) {}

    private ZipEntries(FileChannel channel) throws IOException {
        this.channel = channel;
        this.fileSize = channel.size();
    }

    /**
     * Reads the entries by name, in the order of the archive's directory.
     *
     * @throws MalformedFile if the directory does not describe the file
     */
    static Map<String, Entry> read(FileChannel channel) throws IOException {
        ZipEntries zip = new ZipEntries(channel);
        Directory directory = zip.directory();
        zip.readDirectory(directory);
        zip.checkOverlap(directory.begin);
        return zip.entries;
    }

    private Directory directory() throws IOException {
        long tailStart = Math.max(0, fileSize - END_BYTES - MAX_COMMENT);
        ByteBuffer tail = bytes(tailStart, (int) (fileSize - tailStart));
        for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END
                    && Short.toUnsignedInt(tail.getShort(at + 20)) == tail.limit() - at - END_BYTES) {
                Directory directory = directory(tail, at, tailStart + at);
                check(directory, tailStart + at);
                return directory;
            }
        }
        throw new MalformedFile("the zip archive has no end; the file is truncated, copy or download it again");
    }

    private Directory directory(ByteBuffer tail, int at, long position) throws IOException {
        int count = Short.toUnsignedInt(tail.getShort(at + 10));
        long size = tail.getInt(at + 12) & UNSIGNED_INT;
        long begin = tail.getInt(at + 16) & UNSIGNED_INT;
        boolean needs64 = count == 0xFFFF || size == UNSIGNED_INT || begin == UNSIGNED_INT;
        if (!needs64) {
            return new Directory(begin, size, count);
        }
        ByteBuffer locator = bytes(position - LOCATOR_BYTES, LOCATOR_BYTES);
        if (locator.getInt(0) != END64_LOCATOR) {
            throw new MalformedFile("the zip archive's zip64 end is missing");
        }
        ByteBuffer end = bytes(locator.getLong(8), END64_BYTES);
        if (end.getInt(0) != END64) {
            throw new MalformedFile("the zip archive's zip64 end is damaged");
        }
        return new Directory(end.getLong(48), end.getLong(40), end.getLong(32));
    }

    private static void check(Directory directory, long end) {
        if (directory.begin < 0 || directory.bytes < 0 || directory.begin > end - directory.bytes) {
            throw new MalformedFile("the zip archive's directory of " + directory.bytes + " bytes at byte "
                    + directory.begin + " does not lie within the file");
        }
        if (directory.bytes > MAX_DIRECTORY_BYTES) {
            throw new MalformedFile("the zip archive's directory has " + directory.bytes + " bytes, the limit is "
                    + MAX_DIRECTORY_BYTES);
        }
    }

    private void readDirectory(Directory directory) throws IOException {
        ByteBuffer records = bytes(directory.begin, (int) directory.bytes);
        while (records.remaining() >= CENTRAL_BYTES) {
            int at = records.position();
            int nameBytes = Short.toUnsignedInt(records.getShort(at + 28));
            int extraBytes = Short.toUnsignedInt(records.getShort(at + 30));
            int next = at + CENTRAL_BYTES + nameBytes + extraBytes + Short.toUnsignedInt(records.getShort(at + 32));
            if (records.getInt(at) != CENTRAL || next > records.limit()) {
                throw new MalformedFile("the zip archive's directory is damaged after " + entries.size() + " entries");
            }
            String name = text(records, at + CENTRAL_BYTES, nameBytes);
            Entry entry =
                    entry(name, records.slice(at, next - at).order(ByteOrder.LITTLE_ENDIAN), nameBytes, extraBytes);
            if (entries.size() == MAX_ENTRIES) {
                throw new MalformedFile("the zip archive has more than " + MAX_ENTRIES + " entries");
            }
            if (entries.put(name, entry) != null) {
                throw new MalformedFile("the zip archive has two entries " + Names.brief(name));
            }
            records.position(next);
        }
        if (records.hasRemaining() || entries.size() != directory.count) {
            throw new MalformedFile("the zip archive's directory has " + entries.size() + " entries, but its end says "
                    + directory.count);
        }
    }

    private Entry entry(String name, ByteBuffer record, int nameBytes, int extraBytes) throws IOException {
        int flags = record.getShort(8);
        int method = record.getShort(10);
        long[] sizes = {
            record.getInt(24) & UNSIGNED_INT, record.getInt(20) & UNSIGNED_INT, record.getInt(42) & UNSIGNED_INT
        };
        fromZip64(record, CENTRAL_BYTES + nameBytes, extraBytes, sizes);
        long header = sizes[2];
        if (header < 0 || header > fileSize - LOCAL_BYTES) {
            throw outside(name);
        }
        ByteBuffer local = bytes(header, LOCAL_BYTES);
        if (local.getInt(0) != LOCAL) {
            throw new MalformedFile("entry " + Names.brief(name) + " of the zip archive does not begin at byte "
                    + header + ", where the directory says it does");
        }
        long begin = header
                + LOCAL_BYTES
                + Short.toUnsignedInt(local.getShort(26))
                + Short.toUnsignedInt(local.getShort(28));
        if (sizes[1] < 0 || begin > fileSize - sizes[1]) {
            throw outside(name);
        }
        boolean plain = method == 0 && (flags & 1) == 0;
        if (plain && sizes[0] != sizes[1]) {
            throw new MalformedFile("entry " + Names.brief(name) + " of the zip archive has " + sizes[1]
                    + " bytes, but should have " + sizes[0]);
        }
        return new Entry(name, plain, header, begin, sizes[1]);
    }

    /**
     * Reads the values that did not fit into 32 bits from the extra field: size, stored size and position, in this
     * order.
     */
    private static void fromZip64(ByteBuffer record, int extraStart, int extraBytes, long[] sizes) {
        int at = extraStart;
        int end = extraStart + extraBytes;
        while (at + 4 <= end) {
            int id = Short.toUnsignedInt(record.getShort(at));
            int fieldEnd = at + 4 + Short.toUnsignedInt(record.getShort(at + 2));
            at += 4;
            for (int i = 0; id == 1 && i < sizes.length; i++) {
                if (sizes[i] == UNSIGNED_INT && at + 8 <= Math.min(fieldEnd, end)) {
                    sizes[i] = record.getLong(at);
                    at += 8;
                }
            }
            at = fieldEnd;
        }
    }

    private void checkOverlap(long directoryStart) {
        List<Entry> byPosition = new ArrayList<>(entries.values());
        byPosition.sort(Comparator.comparingLong(Entry::header));
        for (int i = 0; i < byPosition.size(); i++) {
            Entry entry = byPosition.get(i);
            boolean last = i + 1 == byPosition.size();
            long limit = last ? directoryStart : byPosition.get(i + 1).header;
            if (entry.begin + entry.bytes > limit) {
                throw new MalformedFile("entry " + Names.brief(entry.name) + " of the zip archive overlaps "
                        + (last ? "its directory" : Names.brief(byPosition.get(i + 1).name)));
            }
        }
    }

    private static MalformedFile outside(String name) {
        return new MalformedFile(
                "entry " + Names.brief(name) + " of the zip archive lies outside the file; it is truncated or damaged");
    }

    private static String text(ByteBuffer buffer, int at, int count) {
        byte[] text = new byte[count];
        buffer.get(at, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private ByteBuffer bytes(long position, int count) throws IOException {
        if (position < 0 || position > fileSize - count) {
            throw new MalformedFile("the zip archive's directory points outside the file");
        }
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // keep reading
        }
        if (buffer.hasRemaining()) {
            throw new MalformedFile("it has shrunk while it was read");
        }
        return buffer.flip();
    }
}
