package dev.clap4j.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.knn.KnnCollectorManager;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;

/**
 * The documents whose features are most similar to a query: all of them compared, or found along the graph by their bytes
 * and compared again in 32 bits.
 */
final class NearestFeatures {
    /** The number of pictures from which the graph is used. */
    static final int EXACT_BELOW = 100_000;

    /** The candidates that are compared again: at least so many of each part of the index, and so many times the results. */
    private static final int CANDIDATES = 100;

    private static final int TIMES = 4;

    private static final Comparator<ScoreDoc> BEST_FIRST =
            Comparator.comparing((ScoreDoc found) -> -found.score).thenComparing(found -> found.doc);

    private final IndexSearcher searcher;
    private final Query filter;

    NearestFeatures(IndexSearcher searcher, Query filter) {
        this.searcher = searcher;
        this.filter = filter;
    }

    /**
     * Returns the nearest documents, the most similar first, with their cosines.
     *
     * @param query of length 1
     * @param exact whether to compare all, however many there are
     */
    List<ScoreDoc> find(float[] query, int top, boolean exact) throws IOException {
        return exact || searcher.getIndexReader().numDocs() < EXACT_BELOW
                ? compareAll(query, top)
                : alongGraph(query, top, Math.max(CANDIDATES, TIMES * top));
    }

    /** Returns the nearest documents by the graph; more candidates take longer and find more. */
    List<ScoreDoc> alongGraph(float[] query, int top, int candidates) throws IOException {
        // A filter that all documents pass would be tried on every one of them.
        Query condition = filter instanceof MatchAllDocsQuery ? null : filter;
        ScoreDoc[] found = searcher.search(new GraphQuery(query, candidates, condition), candidates).scoreDocs;
        Arrays.sort(found, Comparator.comparing((ScoreDoc one) -> one.doc));
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        Best best = new Best(top);
        FloatVectorValues features = null;
        int base = -1;
        for (ScoreDoc one : found) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(one.doc, leaves));
            if (features == null || leaf.docBase != base) {
                features = leaf.reader().getFloatVectorValues(ImageDocument.FEATURE);
                base = leaf.docBase;
            }
            features.advance(one.doc - base);
            best.add(one.doc, VectorUtil.dotProduct(query, features.vectorValue()));
        }
        return best.inOrder();
    }

    /**
     * A search for candidates in each part of the index by itself. Lucene's own lets the parts share the worst score so
     * far, so that its results depend on which of them are faster.
     */
    private static final class GraphQuery extends KnnFloatVectorQuery {
        GraphQuery(float[] query, int candidates, Query condition) {
            super(ImageDocument.FEATURE, query, candidates, condition);
        }

        @Override
        protected KnnCollectorManager getKnnCollectorManager(int candidates, IndexSearcher searcher) {
            return (most, part) -> new TopKnnCollector(candidates, most);
        }
    }

    private List<ScoreDoc> compareAll(float[] query, int top) throws IOException {
        Best best = new Best(top);
        Weight weight = searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            FloatVectorValues features = leaf.reader().getFloatVectorValues(ImageDocument.FEATURE);
            Scorer scorer = weight.scorer(leaf);
            if (features == null || scorer == null) {
                continue;
            }
            Bits live = leaf.reader().getLiveDocs();
            DocIdSetIterator documents = scorer.iterator();
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                if ((live == null || live.get(doc)) && features.advance(doc) == doc) {
                    best.add(leaf.docBase + doc, VectorUtil.dotProduct(query, features.vectorValue()));
                }
            }
        }
        return best.inOrder();
    }

    /** The best documents so far. */
    private static final class Best {
        private final int most;
        private final PriorityQueue<ScoreDoc> found = new PriorityQueue<>(BEST_FIRST.reversed());

        Best(int most) {
            this.most = most;
        }

        void add(int document, float cosine) {
            if (found.size() == most) {
                if (cosine <= found.element().score) {
                    return;
                }
                found.remove();
            }
            found.add(new ScoreDoc(document, cosine));
        }

        List<ScoreDoc> inOrder() {
            List<ScoreDoc> all = new ArrayList<>(found);
            all.sort(BEST_FIRST);
            return all;
        }
    }
}
