package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds copies among the pictures of an index. Each picture is compared with its ten nearest neighbours, which are exact
 * below a hundred thousand pictures: those whose features are similar enough are decoded, and compared in small.
 *
 * <pre>{@code
 * Duplicates.in(index).find(Progress.NONE).groups().forEach(System.out::println);
 * }</pre>
 *
 * <p>Immutable and thread-safe. It does not own the index.
 */
public final class Duplicates {
    private final ImageIndex index;
    private final Set<DuplicateKind> kinds;
    private final Map<DuplicateKind, Thresholds> thresholds;

    private Duplicates(ImageIndex index, Set<DuplicateKind> kinds, Map<DuplicateKind, Thresholds> thresholds) {
        this.index = index;
        this.kinds = kinds;
        this.thresholds = thresholds;
    }

    /** The thresholds of a kind, see there. */
    record Thresholds(float cosine, float likeness) {}

    /** Returns a search in an index for all kinds of copies. */
    public static Duplicates in(ImageIndex index) {
        Map<DuplicateKind, Thresholds> thresholds = new EnumMap<>(DuplicateKind.class);
        for (DuplicateKind kind : DuplicateKind.values()) {
            thresholds.put(kind, new Thresholds(kind.cosine(), kind.likeness()));
        }
        return new Duplicates(index, EnumSet.allOf(DuplicateKind.class), thresholds);
    }

    /**
     * Returns this search with some kinds only.
     *
     * @throws ClapException if there are none
     */
    public Duplicates withKinds(Set<DuplicateKind> wanted) {
        if (wanted.isEmpty()) {
            throw new ClapException("At least one kind of duplicates is needed");
        }
        return new Duplicates(index, EnumSet.copyOf(wanted), thresholds);
    }

    /**
     * Returns this search with other thresholds of a kind.
     *
     * @param cosine see {@link DuplicateKind#cosine}
     * @param likeness see {@link DuplicateKind#likeness}; {@link DuplicateKind#SAME} has none
     * @throws ClapException if one is not from -1 to 1
     */
    public Duplicates withThresholds(DuplicateKind kind, float cosine, float likeness) {
        if (!(Math.abs(cosine) <= 1 && Math.abs(likeness) <= 1)) {
            throw new ClapException("Thresholds should be from -1 to 1, not " + cosine + " and " + likeness);
        }
        Map<DuplicateKind, Thresholds> changed = new EnumMap<>(thresholds);
        changed.put(kind, new Thresholds(cosine, likeness));
        return new Duplicates(index, kinds, changed);
    }

    /**
     * The copies that were found.
     *
     * @param groups the largest first
     * @param unreadable files that should have been compared but can no longer be read
     */
    public record Found(List<DuplicateGroup> groups, List<UnreadableImage> unreadable) {
        /** Makes the lists unmodifiable. */
        public Found {
            groups = List.copyOf(groups);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * Finds the copies.
     *
     * @throws ClapException if the index is damaged
     * @throws dev.clap4j.StoppedException if the progress requests it
     */
    public Found find(Progress progress) {
        return index.read((searcher, info) -> new DuplicateFinding(searcher, info, kinds, thresholds).find(progress));
    }
}
