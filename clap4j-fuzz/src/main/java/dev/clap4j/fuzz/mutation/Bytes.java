package dev.clap4j.fuzz.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Mutations that know nothing about the format. */
final class Bytes implements Mutation {
    /** The part where most formats store their sizes. */
    private static final int HEAD = 64;

    private static final int LONGEST = 256;

    @Override
    public byte[] apply(byte[] content, Chance chance) {
        if (content.length == 0) {
            return insert(content, chance);
        }
        return switch (chance.below(10)) {
            case 0 -> set(content, at(content, chance), (byte) chance.bits());
            case 1 -> flip(content, chance);
            case 2, 3 -> number(content, chance);
            case 4 -> add(content, chance);
            case 5 -> insert(content, chance);
            case 6 -> delete(content, chance);
            case 7 -> repeat(content, chance);
            case 8 -> chance.oneIn(2) ? Arrays.copyOf(content, chance.below(content.length)) : fill(content, chance);
            default -> copy(content, chance);
        };
    }

    /** Splices the beginning of one content with the end of another. */
    static byte[] splice(byte[] head, byte[] tail, Chance chance) {
        int from = chance.below(tail.length + 1);
        return join(Arrays.copyOf(head, chance.below(head.length + 1)), Arrays.copyOfRange(tail, from, tail.length));
    }

    static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }

    private static int at(byte[] content, Chance chance) {
        return chance.below(chance.oneIn(2) ? Math.min(HEAD, content.length) : content.length);
    }

    private static byte[] set(byte[] content, int at, byte value) {
        byte[] changed = content.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] flip(byte[] content, Chance chance) {
        int at = at(content, chance);
        return set(content, at, (byte) (content[at] ^ 1 << chance.below(8)));
    }

    private static byte[] add(byte[] content, Chance chance) {
        int at = at(content, chance);
        return set(content, at, (byte) (content[at] + chance.between(-8, 8)));
    }

    /** Overwrites 1, 2, 4 or 8 bytes with a boundary value. */
    private static byte[] number(byte[] content, Chance chance) {
        int width = Math.min(1 << chance.below(4), Integer.highestOneBit(content.length));
        int at = Math.min(at(content, chance), content.length - width);
        if (chance.oneIn(2)) {
            at -= at % width;
        }
        byte[] changed = content.clone();
        ByteBuffer target =
                ByteBuffer.wrap(changed).order(chance.oneIn(2) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        long value = chance.boundary();
        switch (width) {
            case 1 -> target.put(at, (byte) value);
            case 2 -> target.putShort(at, (short) value);
            case 4 -> target.putInt(at, (int) value);
            default -> target.putLong(at, value);
        }
        return changed;
    }

    private static byte[] insert(byte[] content, Chance chance) {
        byte[] inserted = new byte[chance.count(LONGEST)];
        if (chance.oneIn(2)) {
            Arrays.fill(inserted, chance.pick((byte) 0, (byte) -1, (byte) 0x80, (byte) ' '));
        } else {
            for (int i = 0; i < inserted.length; i++) {
                inserted[i] = (byte) chance.bits();
            }
        }
        return insert(content, chance.below(content.length + 1), inserted);
    }

    static byte[] insert(byte[] content, int at, byte[] inserted) {
        return join(Arrays.copyOf(content, at), inserted, Arrays.copyOfRange(content, at, content.length));
    }

    private static byte[] delete(byte[] content, Chance chance) {
        int at = at(content, chance);
        int end = Math.min(content.length, at + chance.count(LONGEST));
        return join(Arrays.copyOf(content, at), Arrays.copyOfRange(content, end, content.length));
    }

    private static byte[] repeat(byte[] content, Chance chance) {
        int at = at(content, chance);
        byte[] part = Arrays.copyOfRange(content, at, Math.min(content.length, at + chance.count(LONGEST)));
        byte[] repeated = new byte[part.length * chance.count(LONGEST)];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = part[i % part.length];
        }
        return content.length > MAX_BYTES ? content : insert(content, at, repeated);
    }

    private static byte[] fill(byte[] content, Chance chance) {
        byte[] changed = content.clone();
        int at = at(content, chance);
        Arrays.fill(changed, at, Math.min(content.length, at + chance.count(LONGEST)), (byte) -chance.below(2));
        return changed;
    }

    private static byte[] copy(byte[] content, Chance chance) {
        byte[] changed = content.clone();
        int from = chance.below(content.length);
        int to = at(content, chance);
        int count = Math.min(chance.count(LONGEST), content.length - Math.max(from, to));
        System.arraycopy(content, from, changed, to, count);
        return changed;
    }
}
