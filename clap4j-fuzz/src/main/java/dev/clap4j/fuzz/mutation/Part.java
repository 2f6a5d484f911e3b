package dev.clap4j.fuzz.mutation;

import java.nio.charset.StandardCharsets;

/**
 * A part of a file: a chunk, a segment, an entry, an opcode, a line.
 *
 * @param tag its kind or name; {@code ""} for bytes outside any part
 * @param data its content, without lengths and checksums
 */
record Part(String tag, byte[] data) {
    static final String LOOSE = "";

    static Part loose(byte[] data) {
        return new Part(LOOSE, data);
    }

    Part with(byte[] other) {
        return new Part(tag, other);
    }

    byte[] tagBytes() {
        return tag.getBytes(StandardCharsets.ISO_8859_1);
    }
}
