package dev.clap4j.internal.io;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from front to back. Lengths are checked against the remaining input before use. */
final class PickleInput {
    private final ByteBuffer in;

    PickleInput(ByteBuffer in) {
        this.in = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return in.position();
    }

    int u1() {
        return Byte.toUnsignedInt(require(1).get());
    }

    int u2() {
        return Short.toUnsignedInt(require(2).getShort());
    }

    int int32() {
        return require(4).getInt();
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(require(8).getLong()));
    }

    /** Reads a 4-byte length and checks it against the remaining input. */
    int length4() {
        return checked(Integer.toUnsignedLong(require(4).getInt()));
    }

    /** Reads an 8-byte length and checks it against the remaining input. */
    int length8() {
        return checked(require(8).getLong());
    }

    private int checked(long length) {
        if (length < 0 || length > in.remaining()) {
            throw new MalformedFile("its pickle announces " + Long.toUnsignedString(length) + " bytes, but only "
                    + in.remaining() + " are left");
        }
        return (int) length;
    }

    /** Reads a two's complement integer of the given number of bytes. */
    Number integer(int count) {
        if (count > Long.BYTES) {
            byte[] digits = bytes(count);
            for (int i = 0; i < count / 2; i++) {
                byte other = digits[i];
                digits[i] = digits[count - 1 - i];
                digits[count - 1 - i] = other;
            }
            return new BigInteger(digits);
        }
        long value = 0;
        ByteBuffer digits = require(count);
        for (int i = 0; i < count; i++) {
            long digit = i == count - 1 ? digits.get() : Byte.toUnsignedLong(digits.get());
            value |= digit << (8 * i);
        }
        return value;
    }

    String text(int count) {
        return count == 0 ? "" : StandardCharsets.UTF_8.decode(next(count)).toString();
    }

    byte[] bytes(int count) {
        ByteBuffer from = require(count);
        byte[] value = new byte[count];
        from.get(value);
        return value;
    }

    /** Reads a line, without its terminator. */
    String line() {
        int start = in.position();
        while (u1() != '\n') {
            // advance to the end of the line
        }
        return StandardCharsets.UTF_8
                .decode(in.slice(start, in.position() - 1 - start))
                .toString();
    }

    private ByteBuffer next(int count) {
        ByteBuffer next = require(count).slice(in.position(), count);
        in.position(in.position() + count);
        return next;
    }

    /** Returns the input if at least the given number of bytes remain. */
    private ByteBuffer require(int count) {
        if (count > in.remaining()) {
            throw new MalformedFile("its pickle ends too early");
        }
        return in;
    }
}
