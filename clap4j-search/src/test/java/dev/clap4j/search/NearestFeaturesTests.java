package dev.clap4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search along the graph beside the comparison of all features, in more dimensions than Lucene's own format takes. */
class NearestFeaturesTests {
    private static final int DIMENSION = 1536;
    private static final int PICTURES = 3000;
    private static final int CLUSTERS = 60;
    private static final int TOP = 10;

    /** The pictures of a commit, and the parts that an index of this size may have in the end. */
    private static final int COMMITTED = 200;

    private static final int PARTS = 10;

    private final Random random = new Random(1);
    private final float[][] centres = new float[CLUSTERS][];

    @TempDir
    private Path folder;

    @Test
    void theGraphFindsWhatAComparisonOfAllFinds() throws IOException {
        write();
        try (Directory directory = new IndexFolder(folder).open();
                DirectoryReader reader = DirectoryReader.open(directory)) {
            assertThat(reader.numDocs()).isEqualTo(PICTURES - PICTURES / 10);
            assertThat(reader.leaves()).hasSizeLessThanOrEqualTo(PARTS);
            IndexSearcher searcher = new IndexSearcher(reader);
            assertThat(recall(searcher, new MatchAllDocsQuery())).isGreaterThan(0.95);
            assertThat(recall(searcher, new TermQuery(new Term(ImageDocument.CLASS, "odd"))))
                    .isGreaterThan(0.95);
        }
    }

    /** Every tenth picture is removed again, so that there are several segments and deletions in them. */
    private void write() {
        IndexInfo info =
                new IndexInfo("", "", "", "", "", "", "", 0, DIMENSION, Map.of("odd", List.of("odd")), List.of());
        for (int i = 0; i < CLUSTERS; i++) {
            centres[i] = direction(new float[DIMENSION], 1);
        }
        try (IndexWriting index = IndexWriting.open(new IndexFolder(folder), before -> Optional.of(info))) {
            for (int i = 0; i < PICTURES; i++) {
                float[] classes = i % 2 == 1 ? new float[] {1} : new float[0];
                index.put(new ImageDocument(
                        "/" + i, 1, 1, "" + i, classes, new float[0], direction(centres[i % CLUSTERS], 0.5f)));
                if ((i + 1) % COMMITTED == 0) {
                    index.commit();
                }
            }
            for (int i = 0; i < PICTURES; i += 10) {
                index.remove("/" + i);
            }
            index.finish();
        }
    }

    /** Returns a vector of length 1 near a centre. */
    private float[] direction(float[] centre, float spread) {
        float[] vector = new float[DIMENSION];
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = centre[i] + (float) (spread * random.nextGaussian() / Math.sqrt(DIMENSION));
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    /** Returns the rate of the ten nearest that the graph finds; the cosines of those are the exact ones. */
    private double recall(IndexSearcher searcher, Query filter) throws IOException {
        NearestFeatures features = new NearestFeatures(searcher, filter);
        int queries = 100;
        int found = 0;
        for (int i = 0; i < queries; i++) {
            float[] query = direction(centres[i % CLUSTERS], 0.5f);
            List<ScoreDoc> all = features.find(query, TOP, true);
            List<ScoreDoc> graph = features.alongGraph(query, TOP, 100);
            assertThat(all).hasSize(TOP);
            for (ScoreDoc one : graph) {
                for (ScoreDoc other : all) {
                    if (one.doc == other.doc) {
                        assertThat(one.score).isEqualTo(other.score);
                        found++;
                    }
                }
            }
        }
        return found / (double) (queries * TOP);
    }
}
