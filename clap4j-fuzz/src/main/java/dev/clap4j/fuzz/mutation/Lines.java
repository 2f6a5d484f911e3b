package dev.clap4j.fuzz.mutation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file of lines, each of one kind. */
final class Lines extends Container {
    private final Mutation line;

    Lines(Mutation line) {
        this.line = line;
    }

    @Override
    List<Part> parts(byte[] content) {
        List<Part> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                lines.add(Part.loose(Arrays.copyOfRange(content, begin, i)));
                begin = i + 1;
            }
        }
        if (begin < content.length) {
            lines.add(Part.loose(Arrays.copyOfRange(content, begin, content.length)));
        }
        return lines;
    }

    @Override
    byte[] bytes(List<Part> parts) {
        byte[][] lines = new byte[parts.size() * 2][];
        for (int i = 0; i < parts.size(); i++) {
            lines[2 * i] = parts.get(i).data();
            lines[2 * i + 1] = new byte[] {'\n'};
        }
        return Bytes.join(lines);
    }

    @Override
    Mutation inside(Part part) {
        return line;
    }
}
