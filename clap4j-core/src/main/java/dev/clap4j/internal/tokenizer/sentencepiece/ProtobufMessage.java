package dev.clap4j.internal.tokenizer.sentencepiece;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a message in protobuf's wire format, one after the other. */
final class ProtobufMessage {
    private final ByteBuffer in;
    private int number;
    private long value;
    private ByteBuffer bytes;

    ProtobufMessage(ByteBuffer in) {
        this.in = in.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A message that is damaged. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1;

        DamagedException(String message) {
            super(message);
        }
    }

    /** Advances to the next field, if there is one. */
    boolean next() throws DamagedException {
        if (!in.hasRemaining()) {
            return false;
        }
        long tag = varint();
        number = (int) (tag >>> 3);
        bytes = null;
        switch ((int) (tag & 7)) {
            case 0 -> value = varint();
            case 1 -> value = take(Long.BYTES).getLong();
            case 2 -> bytes = take(varint());
            case 5 -> value = take(Integer.BYTES).getInt();
            default -> throw new DamagedException("a field has the unknown wire type " + (tag & 7));
        }
        return true;
    }

    private long varint() throws DamagedException {
        long result = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = take(1).get();
            result |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return result;
            }
        }
        throw new DamagedException("a number has more than 10 bytes");
    }

    private ByteBuffer take(long count) throws DamagedException {
        if (count < 0 || count > in.remaining()) {
            throw new DamagedException("a field ends after the end of the file");
        }
        ByteBuffer taken = in.slice(in.position(), (int) count).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) count);
        return taken;
    }

    /** Returns the number of the field. */
    int number() {
        return number;
    }

    /** Returns the field as an integer. */
    int integer() throws DamagedException {
        requireBytes(false);
        return (int) value;
    }

    /** Returns the field as a boolean. */
    boolean flag() throws DamagedException {
        requireBytes(false);
        return value != 0;
    }

    /** Returns the field as a float. */
    float real() throws DamagedException {
        requireBytes(false);
        return Float.intBitsToFloat((int) value);
    }

    /** Returns the field as bytes. */
    ByteBuffer bytes() throws DamagedException {
        requireBytes(true);
        return bytes;
    }

    /** Returns the field as text. */
    String text() throws DamagedException {
        requireBytes(true);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.slice()).toString();
        } catch (CharacterCodingException e) {
            throw new DamagedException("a text is not UTF-8");
        }
    }

    private void requireBytes(boolean expected) throws DamagedException {
        if ((bytes != null) != expected) {
            throw new DamagedException("the field " + number + " has an unexpected wire type");
        }
    }
}
