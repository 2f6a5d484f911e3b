package dev.clap4j.internal.run;

import java.util.List;
import java.util.stream.IntStream;

/** Work done block by block. */
public final class Blocks {
    private Blocks() {}

    /** Returns consecutive parts of a list, each of the given size but the last, which may be shorter. */
    public static <T> List<List<T>> of(List<T> all, int size) {
        return IntStream.range(0, (all.size() + size - 1) / size)
                .mapToObj(i -> all.subList(i * size, Math.min(all.size(), i * size + size)))
                .toList();
    }
}
