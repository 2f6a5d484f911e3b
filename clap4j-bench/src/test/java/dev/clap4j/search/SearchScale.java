package dev.clap4j.search;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.search.ScoreDoc;

/**
 * Measures an index of made-up features: the time that it takes to write, its size, and what queries find and how long
 * they take, beside the comparison of all features.
 *
 * <p>Arguments: a folder; the number of features, and their dimension. The first run writes the index, and the features
 * for other programs ({@code features.npy}, {@code queries.npy}); the next one opens it and searches.
 */
public final class SearchScale {
    private static final int TOP = 10;

    /** The queries compared with all features, and those that are timed. */
    private static final int COMPARED = 200;

    private static final int TIMED = 1000;

    private static final int REPORT_EVERY = 20_000;
    private static final double MILLION = 1e6;

    private final Path folder;
    private final ClusteredFeatures features;

    private SearchScale(Path folder, ClusteredFeatures features) {
        this.folder = folder;
        this.features = features;
    }

    /** Runs the measurement. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        SearchScale scale = new SearchScale(
                folder, new ClusteredFeatures(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])));
        if (Files.exists(folder)) {
            scale.search();
        } else {
            scale.write();
        }
    }

    private Path index() {
        return folder.resolve("index");
    }

    private void write() throws IOException {
        Files.createDirectories(index());
        writeNpy(folder.resolve("queries.npy"), features.count(), TIMED);
        writeNpy(folder.resolve("features.npy"), 0, features.count());
        say("features written");
        IndexInfo info = new IndexInfo("", "", "", "", "", "", "", 0, features.dimension(), Map.of(), List.of());
        long begin = System.nanoTime();
        try (IndexWriting writing = IndexWriting.open(new IndexFolder(index()), before -> Optional.of(info))) {
            for (int i = 0; i < features.count(); i++) {
                writing.put(new ImageDocument("/" + i, 1, 1, "" + i, new float[0], new float[0], features.get(i)));
                if ((i + 1) % REPORT_EVERY == 0) {
                    say("%d features after %.0f s".formatted(i + 1, millis(begin) / 1000));
                }
            }
            writing.finish();
        }
        try (Stream<Path> files = Files.list(index())) {
            double bytes = files.mapToLong(file -> file.toFile().length()).sum();
            say("index finished after %.0f s, %.2f GB".formatted(millis(begin) / 1000, bytes / 1e9));
        }
    }

    private void writeNpy(Path file, int from, int rows) throws IOException {
        String header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, features.dimension());
        ByteBuffer start = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        start.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) (start.capacity() - 10));
        start.put(header.getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(start.array(), start.position(), start.capacity() - 1, (byte) ' ');
        start.array()[start.capacity() - 1] = '\n';
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(start.array());
            ByteBuffer row =
                    ByteBuffer.allocate(features.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = from; i < from + rows; i++) {
                row.asFloatBuffer().put(features.get(i));
                out.write(row.array());
            }
        }
    }

    private void search() throws IOException {
        float[] first = features.get(features.count());
        long opening = System.nanoTime();
        try (ImageIndex index = ImageIndex.open(index())) {
            double opened = millis(opening);
            index.nearest(first, SearchFilter.NONE, TOP, false);
            say("first answer %d ms after the start of Java: %.0f ms to open, %.0f ms to search"
                    .formatted(
                            System.currentTimeMillis()
                                    - ManagementFactory.getRuntimeMXBean().getStartTime(),
                            opened,
                            millis(opening) - opened));
            say("pictures in the parts of the index: "
                    + index.read((searcher, info) -> searcher.getIndexReader().leaves().stream()
                            .map(leaf -> leaf.reader().maxDoc())
                            .toList()));
            float[][] queries = new float[TIMED][];
            for (int i = 0; i < TIMED; i++) {
                queries[i] = features.get(features.count() + i);
            }
            List<Set<Integer>> nearest = compareAll(index, Arrays.copyOf(queries, COMPARED));
            for (int candidates : new int[] {50, 100, 200}) {
                Search graph = query -> documents(index.read(
                        (searcher, info) -> new NearestFeatures(searcher, FilterQuery.of(SearchFilter.NONE, info))
                                .alongGraph(query, TOP, candidates)));
                measure(candidates + " candidates", graph, queries, nearest);
            }
        }
    }

    /** A way to find the nearest documents. */
    @FunctionalInterface
    private interface Search {
        Set<Integer> nearest(float[] query);
    }

    private static Set<Integer> documents(List<ScoreDoc> found) {
        return found.stream().map(one -> one.doc).collect(Collectors.toSet());
    }

    private static List<Set<Integer>> compareAll(ImageIndex index, float[][] queries) {
        double[] last = new double[2];
        long begin = System.nanoTime();
        List<Set<Integer>> all = Arrays.stream(queries)
                .map(query -> {
                    List<ScoreDoc> found = index.read(
                            (searcher, info) -> new NearestFeatures(searcher, FilterQuery.of(SearchFilter.NONE, info))
                                    .find(query, TOP, true));
                    last[0] += found.get(0).score;
                    last[1] += found.get(TOP - 1).score;
                    return documents(found);
                })
                .toList();
        say("all compared: %.1f ms a query; mean cosine of the nearest %.3f, of the %dth %.3f"
                .formatted(millis(begin) / queries.length, last[0] / queries.length, TOP, last[1] / queries.length));
        return all;
    }

    private static void measure(String name, Search search, float[][] queries, List<Set<Integer>> nearest) {
        double found = 0;
        for (int i = 0; i < nearest.size(); i++) {
            found += search.nearest(queries[i]).stream()
                    .filter(nearest.get(i)::contains)
                    .count();
        }
        double[] millis = new double[queries.length];
        for (int i = 0; i < queries.length; i++) {
            long begin = System.nanoTime();
            search.nearest(queries[i]);
            millis[i] = millis(begin);
        }
        Arrays.sort(millis);
        say("%s: recall@%d %.4f, p50 %.2f ms, p99 %.2f ms"
                .formatted(
                        name,
                        TOP,
                        found / (TOP * nearest.size()),
                        millis[millis.length / 2],
                        millis[millis.length * 99 / 100]));
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / MILLION;
    }

    private static void say(String what) {
        try {
            String memory = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.matches("(VmHWM|RssAnon):.*"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .collect(Collectors.joining(", "));
            System.out.println(what + "; " + memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
