package dev.clap4j.fuzz.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A pickle: opcodes and their arguments. */
final class Pickle extends Container {
    private static final List<Part> KNOWN = Stream.of(
                    "(",
                    ")",
                    "]",
                    "}",
                    "N",
                    "\u0088",
                    "\u0089",
                    "\u0085",
                    "\u0086",
                    "\u0087",
                    "t",
                    "l",
                    "d",
                    "0",
                    "1",
                    "2",
                    "R",
                    "a",
                    "b",
                    "e",
                    "o",
                    "s",
                    "u",
                    "Q",
                    "\u0081",
                    "\u0090",
                    "\u0091",
                    "\u0092",
                    "\u0093",
                    "\u0094",
                    ".",
                    "I99999999999999999999\n",
                    "L-1L\n",
                    "F1e999\n",
                    "S'a'\n",
                    "V\\u0041\n",
                    "P0\n",
                    "p0\n",
                    "g0\n",
                    "cos\nsystem\n",
                    "cbuiltins\neval\n",
                    "ccollections\nOrderedDict\n",
                    "ctorch._utils\n_rebuild_tensor_v2\n",
                    "ctorch\nFloatStorage\n",
                    "ctorch\nUntypedStorage\n",
                    "ctorch\nSize\n",
                    "ctorch\nfloat16\n",
                    "ctorch._utils\n_rebuild_tensor_v3\n",
                    "ctorch._utils\n_rebuild_parameter\n",
                    "ctorch._tensor\n_rebuild_from_type_v2\n",
                    "c__torch__\nModule\n",
                    "ccollections\nCounter\n",
                    "ccollections\ndefaultdict\n",
                    "cnumpy\ndtype\n",
                    "cnumpy.core.multiarray\nscalar\n",
                    "c_codecs\nencode\n",
                    "ios\nsystem\n",
                    "J\u00ff\u00ff\u00ff\u00ff",
                    "K\u0001",
                    "M\u00ff\u00ff",
                    "G\u007f\u00f0\0\0\0\0\0\0",
                    "U\u0001a",
                    "\u008c\u0001a",
                    "X\u00ff\u00ff\u00ff\u007f",
                    "X\u0001\0\0\0a",
                    "T\u00ff\u00ff\u00ff\u00ff",
                    "B\u00ff\u00ff\u00ff\u007f",
                    "C\u0001a",
                    "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
                    "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
                    "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
                    "\u008b\u00ff\u00ff\u00ff\u007f",
                    "h\0",
                    "q\0",
                    "j\u00ff\u00ff\u00ff\u007f",
                    "r\u00ff\u00ff\u00ff\u007f",
                    "\u0080\u0004",
                    "\u0080\u00ff",
                    "\u0082\u0001",
                    "\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f")
            .map(text -> part(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length()))
            .toList();

    @Override
    List<Part> parts(byte[] content) {
        List<Part> operations = new ArrayList<>();
        int at = 0;
        while (at < content.length) {
            int end = (int) Math.min(content.length, at + 1 + argument(content, at));
            operations.add(part(content, at, end));
            at = end;
        }
        return operations;
    }

    private static Part part(byte[] content, int at, int end) {
        return new Part(Character.toString(content[at] & 0xFF), Arrays.copyOfRange(content, at + 1, end));
    }

    /** Returns the number of bytes of an opcode's argument. */
    private static long argument(byte[] content, int at) {
        return switch ((char) (content[at] & 0xFF)) {
            case 'K', 'h', 'q', '\u0080', '\u0082' -> 1;
            case 'M', '\u0083' -> 2;
            case 'J', 'j', 'r', '\u0084' -> 4;
            case 'G', '\u0095' -> 8;
            case 'U', 'C', '\u008a', '\u008c' -> counted(content, at + 1, 1);
            case 'X', 'T', 'B', '\u008b' -> counted(content, at + 1, 4);
            case '\u008d', '\u008e', '\u0096' -> counted(content, at + 1, 8);
            case 'I', 'L', 'F', 'S', 'V', 'P', 'p', 'g' -> lines(content, at + 1, 1);
            case 'c', 'i' -> lines(content, at + 1, 2);
            default -> 0;
        };
    }

    private static long counted(byte[] content, int at, int width) {
        ByteBuffer count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        count.put(content, Math.min(at, content.length), Math.max(0, Math.min(width, content.length - at)));
        return width + Math.min(Math.max(count.getLong(0), 0), Integer.MAX_VALUE);
    }

    private static int lines(byte[] content, int at, int wanted) {
        int end = at;
        for (int found = 0; end < content.length && found < wanted; end++) {
            found += content[end] == '\n' ? 1 : 0;
        }
        return end - at;
    }

    @Override
    byte[] bytes(List<Part> parts) {
        byte[][] all = new byte[parts.size() * 2][];
        for (int i = 0; i < parts.size(); i++) {
            all[2 * i] = parts.get(i).tagBytes();
            all[2 * i + 1] = parts.get(i).data();
        }
        return Bytes.join(all);
    }

    @Override
    List<Part> known() {
        return KNOWN;
    }
}
