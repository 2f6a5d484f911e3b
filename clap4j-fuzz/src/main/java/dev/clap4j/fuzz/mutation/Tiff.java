package dev.clap4j.fuzz.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** TIFF: the entries of its directories, each a tag, a type, a count, and a value or its offset. */
final class Tiff implements Mutation {
    private static final int ENTRY = 12;
    private static final Short[] TAGS = {
        254,
        256,
        257,
        258,
        259,
        262,
        266,
        273,
        274,
        277,
        278,
        279,
        284,
        292,
        293,
        317,
        318,
        320,
        322,
        323,
        324,
        325,
        330,
        332,
        338,
        339,
        340,
        341,
        347,
        512,
        513,
        514,
        519,
        529,
        530,
        531,
        532,
        700,
        (short) 33432,
        (short) 34377,
        (short) 34665,
        (short) 34675,
        (short) 50706
    };

    @Override
    public byte[] apply(byte[] content, Chance chance) {
        ByteBuffer bytes = ByteBuffer.wrap(content.clone());
        bytes.order(content.length > 0 && content[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = content.length < 8 ? -1 : bytes.getInt(4);
        if (directory < 0 || directory > content.length - 2) {
            return Mutations.BYTES.apply(content, chance);
        }
        int entries = Math.min(bytes.getShort(directory) & 0xFFFF, (content.length - directory - 2) / ENTRY);
        int at = directory + 2 + ENTRY * chance.below(entries);
        if (entries == 0) {
            return Mutations.BYTES.apply(content, chance);
        }
        switch (chance.below(8)) {
            case 0 -> bytes.putShort(at, chance.pick(TAGS));
            case 1 -> bytes.putShort(at + 2, (short) chance.below(20));
            case 2 -> bytes.putInt(at + 4, (int) chance.boundary());
            case 3 -> bytes.putInt(at + 8, (int) chance.boundary());
            case 4 -> bytes.putShort(at + 8, (short) chance.boundary());
            case 5 -> bytes.putInt(at + 8, chance.below(content.length));
            case 6 -> next(bytes, directory + 2 + ENTRY * entries, chance);
            default -> exchange(bytes, at, directory + 2 + ENTRY * chance.below(entries));
        }
        return bytes.array();
    }

    /** Changes the offset of the next directory, to form a cycle or to point anywhere. */
    private static void next(ByteBuffer bytes, int at, Chance chance) {
        if (at + 4 <= bytes.capacity()) {
            bytes.putInt(at, chance.oneIn(2) ? bytes.getInt(4) : chance.below(bytes.capacity()));
        }
    }

    /** Exchanges the values of two entries. */
    private static void exchange(ByteBuffer bytes, int at, int other) {
        long value = bytes.getLong(at + 4);
        bytes.putLong(at + 4, bytes.getLong(other + 4));
        bytes.putLong(other + 4, value);
    }
}
