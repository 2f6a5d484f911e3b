package dev.clap4j.fuzz.mutation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** GIF: a screen, then extensions and images with their sub-blocks. */
final class Gif extends Container {
    private static final int SCREEN = 13;
    private static final int IMAGE = 10;

    @Override
    List<Part> parts(byte[] content) {
        List<Part> blocks = new ArrayList<>();
        int at = 0;
        while (at < content.length) {
            int end = Math.min(content.length, at == 0 ? SCREEN + colours(content, SCREEN - 3) : end(content, at));
            blocks.add(new Part(at == 0 ? "screen" : "block", Arrays.copyOfRange(content, at, end)));
            at = end;
        }
        return blocks;
    }

    /** Returns the size in bytes of a colour table, from the flags that announce it. */
    private static int colours(byte[] content, int flags) {
        boolean has = flags < content.length && (content[flags] & 0x80) != 0;
        return has ? 3 * (2 << (content[flags] & 7)) : 0;
    }

    private static int end(byte[] content, int at) {
        return switch (content[at]) {
            case 0x21 -> endOfSubBlocks(content, at + 2);
            case 0x2C -> endOfSubBlocks(content, at + IMAGE + colours(content, at + IMAGE - 1) + 1);
            case 0x3B -> at + 1;
            default -> content.length;
        };
    }

    private static int endOfSubBlocks(byte[] content, int from) {
        int at = from;
        while (at < content.length && content[at] != 0) {
            at += 1 + (content[at] & 0xFF);
        }
        return at + 1;
    }

    @Override
    byte[] bytes(List<Part> parts) {
        return Bytes.join(parts.stream().map(Part::data).toArray(byte[][]::new));
    }
}
