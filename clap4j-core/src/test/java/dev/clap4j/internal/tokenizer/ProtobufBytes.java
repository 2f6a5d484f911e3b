package dev.clap4j.internal.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A message in protobuf's wire format, written field by field. */
final class ProtobufBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A piece of a SentencePiece model. */
    static ProtobufBytes piece(String content, float score, int type) {
        return new ProtobufBytes().text(1, content).real(2, score).number(3, type);
    }

    ProtobufBytes number(int field, int number) {
        varint(field << 3);
        varint(number);
        return this;
    }

    ProtobufBytes real(int field, float number) {
        varint(field << 3 | 5);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(number)
                .array());
        return this;
    }

    ProtobufBytes text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    ProtobufBytes bytes(int field, byte[] bytes) {
        varint(field << 3 | 2);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    ProtobufBytes message(int field, ProtobufBytes message) {
        return bytes(field, message.toBytes());
    }

    private void varint(int number) {
        int rest = number;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
