package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.run.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;

/** One search for copies in one state of an index. Pictures are known by the numbers of their documents. */
final class DuplicateFinding {
    private static final Comparator<IndexedImage> LARGEST_FIRST =
            Comparator.comparing((IndexedImage image) -> -image.size()).thenComparing(IndexedImage::path);

    private final IndexSearcher searcher;
    private final IndexReader reader;
    private final IndexInfo info;
    private final Set<DuplicateKind> kinds;
    private final Map<DuplicateKind, Duplicates.Thresholds> thresholds;
    private final Bits live; // null if all are

    /** For each kind the sets of pictures that are copies of that kind or a closer one. */
    private final Map<DuplicateKind, DisjointSets> sets = new EnumMap<>(DuplicateKind.class);

    private final Queue<UnreadableImage> unreadable = new ConcurrentLinkedQueue<>();

    /** The pictures of these. */
    private final Set<Integer> leftOut = ConcurrentHashMap.newKeySet();

    DuplicateFinding(
            IndexSearcher searcher,
            IndexInfo info,
            Set<DuplicateKind> kinds,
            Map<DuplicateKind, Duplicates.Thresholds> thresholds) {
        this.searcher = searcher;
        this.reader = searcher.getIndexReader();
        this.info = info;
        this.kinds = kinds;
        this.thresholds = thresholds;
        this.live = MultiBits.getLiveDocs(reader);
        for (DuplicateKind kind : DuplicateKind.values()) {
            sets.put(kind, new DisjointSets(reader.maxDoc()));
        }
    }

    /** Two different files whose features are similar. */
    private record Pair(int one, int other, float cosine) {}

    Duplicates.Found find(Progress progress) throws IOException {
        uniteSameFiles();
        int[] files = IntStream.range(0, reader.maxDoc())
                .filter(doc -> live == null || live.get(doc))
                .filter(doc -> sets.get(DuplicateKind.SAME).find(doc) == doc)
                .toArray();
        DuplicateKind farthest = kinds.stream().max(Comparator.naturalOrder()).orElseThrow();
        float least = thresholds.get(farthest).cosine();
        compare(pairs(files, NearestPictures.of(searcher, files, progress), least), farthest, progress);
        List<DuplicateGroup> groups = groups();
        return new Duplicates.Found(groups, List.copyOf(unreadable));
    }

    /** Unites pictures that are copies of a kind, and so of all that follow. */
    private void unite(int one, int other, DuplicateKind closest) {
        sets.forEach((kind, set) -> {
            if (kind.compareTo(closest) >= 0) {
                set.unite(one, other);
            }
        });
    }

    /** Unites files of the same content. */
    private void uniteSameFiles() throws IOException {
        Terms digests = MultiTerms.getTerms(reader, ImageDocument.DIGEST);
        TermsEnum all = digests == null ? TermsEnum.EMPTY : digests.iterator();
        PostingsEnum files = null;
        for (BytesRef digest = all.next(); digest != null; digest = all.next()) {
            if (all.docFreq() < 2) {
                continue;
            }
            files = all.postings(files, PostingsEnum.NONE);
            int first = -1;
            for (int doc = files.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = files.nextDoc()) {
                if (live != null && !live.get(doc)) {
                    continue;
                }
                if (first < 0) {
                    first = doc;
                } else {
                    unite(first, doc, DuplicateKind.SAME);
                }
            }
        }
    }

    /** Returns the pairs of neighbours of a smallest cosine, each once. */
    private static List<Pair> pairs(int[] files, NearestPictures nearest, float least) {
        List<Pair> pairs = new ArrayList<>();
        for (int row = 0; row < files.length; row++) {
            for (int rank = 0; rank < NearestPictures.NEIGHBOURS && nearest.cosine(row, rank) >= least; rank++) {
                int other = nearest.neighbour(row, rank);
                if (row < other || !nearest.hasNeighbour(other, row)) {
                    pairs.add(new Pair(files[row], files[other], nearest.cosine(row, rank)));
                }
            }
        }
        return pairs;
    }

    /** Unites those of the pairs that are copies, up to a kind. */
    private void compare(List<Pair> pairs, DuplicateKind farthest, Progress progress) {
        Map<Integer, PictureSketch> sketches = sketches(pairs, progress);
        for (Pair pair : pairs) {
            PictureSketch one = sketches.get(pair.one);
            PictureSketch other = sketches.get(pair.other);
            if (one != null && other != null) {
                EnumSet.range(DuplicateKind.SAME, farthest).stream()
                        .filter(kind -> areCopies(pair.cosine, one, other, kind))
                        .findFirst()
                        .ifPresent(kind -> unite(pair.one, pair.other, kind));
            }
        }
    }

    private boolean areCopies(float cosine, PictureSketch one, PictureSketch other, DuplicateKind kind) {
        Duplicates.Thresholds least = thresholds.get(kind);
        return cosine >= least.cosine()
                && (kind == DuplicateKind.SAME
                        ? one.pixels().equals(other.pixels())
                        : one.likeness(other, kind) >= least.likeness());
    }

    private Map<Integer, PictureSketch> sketches(List<Pair> pairs, Progress progress) {
        List<Integer> wanted = pairs.stream()
                .flatMap(pair -> Stream.of(pair.one, pair.other))
                .distinct()
                .toList();
        Map<Integer, PictureSketch> sketches = new ConcurrentHashMap<>();
        Steps.begin(progress, "pictures read", wanted.size()).parallel(wanted, doc -> {
            Path file = image(doc).path();
            try {
                sketches.put(doc, PictureSketch.of(file));
            } catch (ClapException e) {
                leaveOut(doc, file, e.getMessage());
            }
        });
        return sketches;
    }

    private List<DuplicateGroup> groups() throws IOException {
        DisjointSets all = sets.get(DuplicateKind.RESTYLED);
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int doc = 0; doc < reader.maxDoc(); doc++) {
            int first = all.find(doc);
            if (first != doc) {
                members.computeIfAbsent(first, none -> new ArrayList<>(List.of(first)))
                        .add(doc);
            }
        }
        List<DuplicateGroup> groups = new ArrayList<>();
        for (List<Integer> group : members.values()) {
            group.removeIf(doc -> leftOut.contains(doc) || !isAsIndexed(doc));
            DuplicateGroup found = group.size() < 2 ? null : group(group);
            if (found != null && !found.copies().isEmpty()) {
                groups.add(found);
            }
        }
        groups.sort(
                Comparator.comparing((DuplicateGroup group) -> -group.copies().size())
                        .thenComparing(group -> group.original().path()));
        return groups;
    }

    /** Returns whether a file is the one that was indexed; leaves it out if not, for somebody may delete its copies. */
    private boolean isAsIndexed(int doc) {
        IndexedImage image = image(doc);
        try {
            BasicFileAttributes stamp = Files.readAttributes(image.path(), BasicFileAttributes.class);
            if (stamp.size() == image.size()
                    && stamp.lastModifiedTime().toMillis() == image.modified().toEpochMilli()) {
                return true;
            }
            leaveOut(doc, image.path(), image.path() + " has changed since it was indexed");
        } catch (IOException e) {
            leaveOut(doc, image.path(), "Cannot read " + image.path() + ": " + IoReasons.of(e));
        }
        return false;
    }

    private void leaveOut(int doc, Path file, String reason) {
        unreadable.add(new UnreadableImage(file, reason));
        leftOut.add(doc);
    }

    private DuplicateGroup group(List<Integer> documents) throws IOException {
        Map<Integer, IndexedImage> images = new TreeMap<>();
        documents.forEach(doc -> images.put(doc, image(doc)));
        List<Integer> largestFirst = documents.stream()
                .sorted(Comparator.comparing(images::get, LARGEST_FIRST))
                .toList();
        List<DuplicateGroup.Copy> copies = new ArrayList<>();
        for (DuplicateKind kind : DuplicateKind.values()) {
            DisjointSets set = sets.get(kind);
            Map<Integer, Integer> largest = new TreeMap<>();
            for (int doc : largestFirst) {
                int of = largest.computeIfAbsent(set.find(doc), none -> doc);
                if (of != doc && kinds.contains(kind) && images.containsKey(doc) && kind(of, doc) == kind) {
                    float cosine = VectorUtil.dotProduct(
                            ImageDocument.feature(reader, of), ImageDocument.feature(reader, doc));
                    copies.add(new DuplicateGroup.Copy(images.remove(doc), kind, cosine, image(of)));
                }
            }
        }
        copies.sort(Comparator.comparing(DuplicateGroup.Copy::kind)
                .thenComparing(copy -> -copy.similarity())
                .thenComparing(copy -> copy.image().path()));
        return new DuplicateGroup(image(largestFirst.get(0)), copies);
    }

    private DuplicateKind kind(int one, int other) {
        return sets.entrySet().stream()
                .filter(set -> set.getValue().find(one) == set.getValue().find(other))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private IndexedImage image(int document) {
        try {
            return ImageDocument.read(searcher.storedFields(), document).image(info);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
