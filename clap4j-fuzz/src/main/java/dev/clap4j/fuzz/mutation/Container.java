package dev.clap4j.fuzz.mutation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A format made of parts, which are removed, repeated, moved and changed. Lengths and checksums around them are
 * corrected afterwards, so that a reader gets as far as the change.
 */
abstract class Container implements Mutation {
    private static final int MANY = 2_000;

    /** Splits a file into parts; anything that cannot be parsed is a loose part at the end. */
    abstract List<Part> parts(byte[] content);

    /** Assembles a file from parts. */
    abstract byte[] bytes(List<Part> parts);

    /** Returns parts to insert, or to replace others. */
    List<Part> known() {
        return List.of();
    }

    /** Returns the mutation of a part's data. */
    Mutation inside(Part part) {
        return Mutations.BYTES;
    }

    @Override
    public final byte[] apply(byte[] content, Chance chance) {
        List<Part> parts = new ArrayList<>(parts(content));
        if (parts.isEmpty()) {
            return Mutations.BYTES.apply(content, chance);
        }
        int at = chance.below(parts.size());
        Part part = parts.get(at);
        switch (chance.below(12)) {
            case 0 -> parts.remove(at);
            case 1 -> parts.add(chance.below(parts.size() + 1), part);
            case 2 -> Collections.swap(parts, at, chance.below(parts.size()));
            case 3 -> parts.addAll(at, Collections.nCopies(copies(part, chance), part));
            case 4 -> parts.set(at, new Part(chance.pick(parts).tag(), part.data()));
            case 5 -> parts.set(at, part.with(chance.pick(parts).data()));
            case 6, 7 -> introduce(parts, at, chance);
            default -> parts.set(at, part.with(inside(part).apply(part.data(), chance)));
        }
        return bytes(parts);
    }

    private static int copies(Part part, Chance chance) {
        return chance.count(Math.min(MANY, MAX_BYTES / 4 / (part.data().length + 1)));
    }

    private void introduce(List<Part> parts, int at, Chance chance) {
        if (known().isEmpty()) {
            parts.add(at, chance.pick(parts));
            return;
        }
        Part known = chance.pick(known());
        if (chance.oneIn(2)) {
            parts.add(at, known);
        } else {
            parts.set(at, new Part(known.tag(), parts.get(at).data()));
        }
    }
}
