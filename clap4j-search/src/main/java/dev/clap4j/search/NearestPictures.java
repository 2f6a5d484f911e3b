package dev.clap4j.search;

import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.feature.Gallery;
import dev.clap4j.feature.Neighbour;
import dev.clap4j.internal.run.Blocks;
import dev.clap4j.internal.run.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;

/**
 * The pictures most similar to each picture: all pairs compared, or found along the graph in a large index. A picture is
 * known by its place among all of them, its row.
 */
final class NearestPictures {
    /** The neighbours of a picture that are kept. */
    static final int NEIGHBOURS = 10;

    /** The pictures compared at once, so few that their features stay in the processor's cache. */
    private static final int BLOCK = 2048;

    private final IndexSearcher searcher;
    private final int[] documents;
    private final int[] rows;
    private final float[] cosines;

    private NearestPictures(IndexSearcher searcher, int[] documents) {
        this.searcher = searcher;
        this.documents = documents;
        this.rows = new int[Math.multiplyExact(documents.length, NEIGHBOURS)];
        this.cosines = new float[rows.length];
        Arrays.fill(rows, -1);
        Arrays.fill(cosines, -1);
    }

    /**
     * Finds the neighbours of each picture.
     *
     * @param documents the pictures, by rising numbers
     */
    static NearestPictures of(IndexSearcher searcher, int[] documents, Progress progress) throws IOException {
        NearestPictures nearest = new NearestPictures(searcher, documents);
        if (documents.length < NearestFeatures.EXACT_BELOW) {
            nearest.compareAll(progress);
        } else {
            nearest.alongGraph(progress);
        }
        return nearest;
    }

    /** Returns the neighbour of a rank, the nearest of which is 0; -1 if there are fewer. */
    int neighbour(int row, int rank) {
        return rows[row * NEIGHBOURS + rank];
    }

    /** Returns the cosine with the neighbour of a rank. */
    float cosine(int row, int rank) {
        return cosines[row * NEIGHBOURS + rank];
    }

    /** Returns whether a picture has another one among its neighbours. */
    boolean hasNeighbour(int picture, int neighbour) {
        return IntStream.range(0, NEIGHBOURS).anyMatch(rank -> neighbour(picture, rank) == neighbour);
    }

    private void compareAll(Progress progress) throws IOException {
        List<Integer> all = IntStream.range(0, documents.length).boxed().toList();
        List<FeatureMatrix> blocks = new ArrayList<>();
        for (List<Integer> block : Blocks.of(all, BLOCK)) {
            blocks.add(features(block));
        }
        Steps steps = Steps.begin(progress, "comparisons", (long) documents.length * blocks.size());
        int from = 0;
        for (FeatureMatrix block : blocks) {
            Gallery gallery = Gallery.of(block);
            int row = 0;
            for (FeatureMatrix queries : blocks) {
                for (List<Neighbour> found : gallery.nearest(queries, NEIGHBOURS + 1)) {
                    for (Neighbour one : found) {
                        insert(row, from + one.row(), one.similarity());
                    }
                    row++;
                }
                steps.advance(queries.rows());
            }
            from += block.rows();
        }
    }

    private FeatureMatrix features(List<Integer> block) throws IOException {
        List<float[]> features = new ArrayList<>();
        for (int row : block) {
            features.add(ImageDocument.feature(searcher.getIndexReader(), documents[row]));
        }
        return FeatureMatrix.ofRows(block.stream().map(String::valueOf).toList(), features.get(0).length, features);
    }

    private void alongGraph(Progress progress) {
        NearestFeatures nearest = new NearestFeatures(searcher, new MatchAllDocsQuery());
        Steps steps = Steps.begin(progress, "pictures compared", documents.length);
        steps.parallel(IntStream.range(0, documents.length).boxed().toList(), row -> alongGraph(nearest, row));
    }

    private void alongGraph(NearestFeatures nearest, int row) {
        try {
            float[] feature = ImageDocument.feature(searcher.getIndexReader(), documents[row]);
            for (ScoreDoc found : nearest.find(feature, NEIGHBOURS + 1, false)) {
                insert(row, Arrays.binarySearch(documents, found.doc), found.score);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a neighbour in its place, unless it is the picture itself, or none of those compared. */
    private void insert(int row, int neighbour, float cosine) {
        int begin = row * NEIGHBOURS;
        int last = begin + NEIGHBOURS - 1;
        if (neighbour == row || neighbour < 0 || cosine <= cosines[last]) {
            return;
        }
        int at = last;
        for (; at > begin && cosines[at - 1] < cosine; at--) {
            rows[at] = rows[at - 1];
            cosines[at] = cosines[at - 1];
        }
        rows[at] = neighbour;
        cosines[at] = cosine;
    }
}
