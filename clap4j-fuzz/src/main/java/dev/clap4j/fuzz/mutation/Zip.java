package dev.clap4j.fuzz.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** A zip archive of uncompressed entries, as written by PyTorch. */
public final class Zip extends Container {
    private static final int LOCAL = 30;
    private static final int CENTRAL = 46;
    private static final int END = 22;
    private static final Mutation PICKLE = new Pickle();
    private static final List<Part> KNOWN = List.of(
            new Part("archive/byteorder", "big".getBytes(StandardCharsets.US_ASCII)),
            new Part("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII)),
            new Part("archive/data/0", new byte[16]),
            new Part("archive/data.pkl", new byte[] {(byte) 0x80, 2, '}', '.'}),
            new Part("archive/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'}),
            new Part("other/data.pkl", new byte[0]),
            new Part("../archive/data/1", new byte[0]));

    /** Creates an archive of entries by name, with bytes that do not depend on the time. */
    public static byte[] of(Map<String, byte[]> entries) {
        return new Zip()
                .bytes(entries.entrySet().stream()
                        .map(entry -> new Part(entry.getKey(), entry.getValue()))
                        .toList());
    }

    @Override
    List<Part> parts(byte[] content) {
        List<Part> entries = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (content.length - at >= LOCAL && bytes.getInt(at) == 0x04034b50) {
            int size = bytes.getInt(at + 18);
            int name = bytes.getShort(at + 26) & 0xFFFF;
            int begin = at + LOCAL + name + (bytes.getShort(at + 28) & 0xFFFF);
            if (size < 0 || begin > content.length - size) {
                break;
            }
            entries.add(new Part(
                    new String(content, at + LOCAL, name, StandardCharsets.ISO_8859_1),
                    Arrays.copyOfRange(content, begin, begin + size)));
            at = begin + size;
        }
        return entries;
    }

    @Override
    byte[] bytes(List<Part> parts) {
        List<byte[]> all = new ArrayList<>();
        List<byte[]> directory = new ArrayList<>();
        int offset = 0;
        for (Part part : parts) {
            byte[] head = local(part);
            all.add(head);
            all.add(part.data());
            directory.add(central(part, offset));
            offset += head.length + part.data().length;
        }
        all.addAll(directory);
        int size = directory.stream().mapToInt(entry -> entry.length).sum();
        byte[] end = new byte[END];
        little(end)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) parts.size())
                .putShort((short) parts.size())
                .putInt(size)
                .putInt(offset);
        all.add(end);
        return Bytes.join(all.toArray(byte[][]::new));
    }

    private static byte[] local(Part part) {
        byte[] head = new byte[LOCAL + part.tagBytes().length];
        describe(little(head).putInt(0x04034b50).putShort((short) 20), part).put(part.tagBytes());
        return head;
    }

    private static byte[] central(Part part, int offset) {
        byte[] entry = new byte[CENTRAL + part.tagBytes().length];
        ByteBuffer target = little(entry).putInt(0x02014b50).putShort((short) 20);
        describe(target.putShort((short) 20), part).putInt(CENTRAL - 4, offset);
        target.position(CENTRAL).put(part.tagBytes());
        return entry;
    }

    /** Writes flags, method, time, checksum, sizes, and lengths of name and extra field. */
    private static ByteBuffer describe(ByteBuffer target, Part part) {
        CRC32 checksum = new CRC32();
        checksum.update(part.data());
        int size = part.data().length;
        return target.putShort((short) 0)
                .putShort((short) 0)
                .putInt(0x00210000)
                .putInt((int) checksum.getValue())
                .putInt(size)
                .putInt(size)
                .putShort((short) part.tagBytes().length)
                .putShort((short) 0);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    List<Part> known() {
        return KNOWN;
    }

    @Override
    Mutation inside(Part part) {
        return part.tag().endsWith(".pkl") ? PICKLE : Mutations.BYTES;
    }
}
