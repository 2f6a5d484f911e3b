package dev.clap4j.search;

import dev.clap4j.ClapException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.Bits;

/** The features in an index, for programs that compute with them. Thread-safe; open as long as the index. */
public final class IndexFeatures {
    private final ImageIndex index;

    private IndexFeatures(ImageIndex index) {
        this.index = index;
    }

    /** Returns those of an index. */
    public static IndexFeatures of(ImageIndex index) {
        return new IndexFeatures(index);
    }

    /**
     * A picture and its feature.
     *
     * @param feature {@code [D]}, of length 1
     */
    public record Entry(IndexedImage image, float[] feature) {}

    /**
     * Returns the pictures most similar to a feature, the most similar first.
     *
     * @param unit {@code [D]}, of length 1, from the model and head of the index
     * @param top the number of pictures, at least 1
     * @throws ClapException if the feature has another dimension, or the index has no such class or style
     */
    public List<FoundImage> nearest(float[] unit, SearchFilter filter, int top) {
        int dimension = index.info().dimension();
        if (unit.length != dimension) {
            throw new ClapException(
                    "The index has features of dimension " + dimension + ", but this one has " + unit.length);
        }
        return index.nearest(unit, filter, top, false);
    }

    /** Returns the entry of a picture; empty if the index has none of that path. */
    public Optional<Entry> entry(Path path) {
        String id = path.toAbsolutePath().normalize().toString();
        return index.read((searcher, info) -> {
            TopDocs found = searcher.search(new TermQuery(ImageDocument.id(id)), 1);
            return found.scoreDocs.length == 0
                    ? Optional.empty()
                    : Optional.of(entry(searcher, info, found.scoreDocs[0].doc));
        });
    }

    /** Returns entries from all over the index, all of them if it has no more than so many. */
    public List<Entry> sample(int most) {
        return index.read((searcher, info) -> {
            List<Integer> live = live(searcher.getIndexReader());
            int count = Math.min(most, live.size());
            List<Entry> entries = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                entries.add(entry(searcher, info, live.get((int) ((long) i * live.size() / count))));
            }
            return entries;
        });
    }

    private static List<Integer> live(IndexReader reader) {
        List<Integer> documents = new ArrayList<>(reader.numDocs());
        for (LeafReaderContext leaf : reader.leaves()) {
            Bits live = leaf.reader().getLiveDocs();
            for (int i = 0; i < leaf.reader().maxDoc(); i++) {
                if (live == null || live.get(i)) {
                    documents.add(leaf.docBase + i);
                }
            }
        }
        return documents;
    }

    private static Entry entry(IndexSearcher searcher, IndexInfo info, int document) throws java.io.IOException {
        StoredFields stored = searcher.storedFields();
        return new Entry(
                ImageDocument.read(stored, document).image(info),
                ImageDocument.feature(searcher.getIndexReader(), document));
    }
}
