package dev.clap4j.fuzz.mutation;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A message in protobuf's wire format, whose fields have a number, a wire type, and data. */
final class Protobuf extends Container {
    private static final int LENGTH_DELIMITED = 2;

    @Override
    List<Part> parts(byte[] content) {
        List<Part> fields = new ArrayList<>();
        int at = 0;
        while (at < content.length) {
            int data = endOfNumber(content, at);
            int type = content[at] & 7;
            int begin = type == LENGTH_DELIMITED ? endOfNumber(content, data) : data;
            long length = type == LENGTH_DELIMITED ? number(content, data, begin) : length(content, data, type);
            if (length < 0 || begin > content.length || length > content.length - begin) {
                break;
            }
            int end = begin + (int) length;
            fields.add(new Part(Long.toString(number(content, at, data)), Arrays.copyOfRange(content, begin, end)));
            at = end;
        }
        if (at < content.length) {
            fields.add(Part.loose(Arrays.copyOfRange(content, at, content.length)));
        }
        return fields;
    }

    private static int endOfNumber(byte[] content, int begin) {
        int end = begin;
        while (end < content.length && content[end] < 0) {
            end++;
        }
        return end + 1;
    }

    private static long number(byte[] content, int begin, int end) {
        long number = 0;
        for (int i = Math.min(end, content.length) - 1; i >= begin; i--) {
            number = number << 7 | (content[i] & 0x7F);
        }
        return number;
    }

    private static long length(byte[] content, int begin, int type) {
        return switch (type) {
            case 0 -> endOfNumber(content, begin) - (long) begin;
            case 1 -> Long.BYTES;
            case 5 -> Integer.BYTES;
            default -> -1;
        };
    }

    @Override
    byte[] bytes(List<Part> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            if (!part.tag().isEmpty()) {
                long tag = Long.parseLong(part.tag());
                writeNumber(tag, out);
                if ((tag & 7) == LENGTH_DELIMITED) {
                    writeNumber(part.data().length, out);
                }
            }
            out.writeBytes(part.data());
        }
        return out.toByteArray();
    }

    private static void writeNumber(long number, ByteArrayOutputStream out) {
        long rest = number;
        while (rest >>> 7 != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** Messages are made of fields, too; what is none is a loose part. */
    @Override
    Mutation inside(Part part) {
        boolean isMessage = part.tag().equals(Integer.toString(1 << 3 | LENGTH_DELIMITED))
                || part.tag().equals(Integer.toString(2 << 3 | LENGTH_DELIMITED))
                || part.tag().equals(Integer.toString(3 << 3 | LENGTH_DELIMITED));
        return isMessage && part.data().length > 2 ? this : Mutations.BYTES;
    }
}
