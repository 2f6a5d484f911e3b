package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.StandardDirectoryReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;

/**
 * An index of pictures, open for search. It shows the state of the last commit when it was opened or refreshed, even
 * while another process updates it; see {@link ImageIndexing}.
 *
 * <pre>{@code
 * try (Clip clip = Clip.mini(); ImageIndex index = ImageIndex.open(Path.of("my.index"))) {
 *     index.search(clip).find(SearchQuery.of("a red guitar")).forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Thread-safe. It must be closed.
 */
public final class ImageIndex implements AutoCloseable {
    private final IndexFolder folder;
    private final Directory directory;
    private final SearcherManager searchers;

    private ImageIndex(IndexFolder folder, Directory directory, SearcherManager searchers) {
        this.folder = folder;
        this.directory = directory;
        this.searchers = searchers;
    }

    /**
     * Opens an index.
     *
     * @throws ClapException if there is none, or it is damaged or cannot be read
     */
    public static ImageIndex open(Path path) {
        IndexFolder folder = new IndexFolder(path);
        return folder.use(() -> open(folder));
    }

    private static ImageIndex open(IndexFolder folder) throws IOException {
        Directory directory = folder.open();
        try {
            SearcherManager searchers = new SearcherManager(directory, new SameOrigin(folder));
            ImageIndex index = new ImageIndex(folder, directory, searchers);
            index.info();
            return index;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Refuses a state of the index that was made with another model, head or alpha than the one before. */
    private static final class SameOrigin extends SearcherFactory {
        private final IndexFolder folder;

        SameOrigin(IndexFolder folder) {
            this.folder = folder;
        }

        @Override
        public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) throws IOException {
            if (previous != null) {
                folder.info((DirectoryReader) reader).requireSame(folder.info((DirectoryReader) previous), folder);
            }
            // The parts of the index are searched side by side.
            return new IndexSearcher(reader, ForkJoinPool.commonPool());
        }
    }

    /** Work with a state of the index. */
    @FunctionalInterface
    interface Reading<T> {
        T of(IndexSearcher searcher, IndexInfo info) throws IOException;
    }

    /** Reads the index in one state. */
    <T> T read(Reading<T> reading) {
        return folder.use(() -> {
            IndexSearcher searcher = searchers.acquire();
            try {
                return reading.of(searcher, folder.info((DirectoryReader) searcher.getIndexReader()));
            } finally {
                searchers.release(searcher);
            }
        });
    }

    /** Returns the origin of the index. */
    public IndexInfo info() {
        return read((searcher, info) -> info);
    }

    /** Returns the number of pictures. */
    public int size() {
        return read((searcher, info) -> searcher.getIndexReader().numDocs());
    }

    /** Returns a picture of the index; empty if there is none of that path. */
    public Optional<IndexedImage> image(Path path) {
        String id = path.toAbsolutePath().normalize().toString();
        return read((searcher, info) -> {
            TopDocs found = searcher.search(new TermQuery(new Term(ImageDocument.PATH, id)), 1);
            return found.scoreDocs.length == 0
                    ? Optional.empty()
                    : Optional.of(ImageDocument.read(searcher.storedFields(), found.scoreDocs[0].doc)
                            .image(info));
        });
    }

    /**
     * Returns a search with the model of the index.
     *
     * @param clip remains the caller's, and must stay open
     * @throws ClapException if it has other weights, another head or another alpha than the index was made with
     */
    public ImageSearch search(Clip clip) {
        info().requireSame(clip, folder);
        return new ImageSearch(this, clip);
    }

    /** Returns the pictures whose features are most similar to one. */
    List<FoundImage> nearest(float[] unit, SearchFilter filter, int top, boolean exact) {
        return read((searcher, info) -> {
            Query conditions = FilterQuery.of(filter, info);
            List<ScoreDoc> nearest = new NearestFeatures(searcher, conditions).find(unit, top, exact);
            StoredFields stored = searcher.storedFields();
            List<FoundImage> found = new ArrayList<>();
            for (ScoreDoc one : nearest) {
                found.add(new FoundImage(ImageDocument.read(stored, one.doc).image(info), one.score));
            }
            return found;
        });
    }

    /**
     * Shows what was committed since this index was opened or refreshed.
     *
     * @return whether there is anything new
     * @throws ClapException if the index is gone or damaged, or was made anew, for instance with another head; the state
     *     before stays
     */
    public boolean refresh() {
        return folder.use(() -> {
            IndexSearcher before = searchers.acquire();
            try {
                update(((StandardDirectoryReader) before.getIndexReader()).getSegmentInfos());
                IndexSearcher now = searchers.acquire();
                try {
                    return before != now;
                } finally {
                    searchers.release(now);
                }
            } finally {
                searchers.release(before);
            }
        });
    }

    private void update(SegmentInfos seen) throws IOException {
        // Lucene compares version numbers, which another index may have, too.
        SegmentInfos latest = SegmentInfos.readLatestCommit(directory);
        if (latest.getVersion() == seen.getVersion() && !Arrays.equals(latest.getId(), seen.getId())) {
            throw madeAnew(null);
        }
        try {
            searchers.maybeRefreshBlocking();
        } catch (AlreadyClosedException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw madeAnew(e);
        }
    }

    private ClapException madeAnew(Throwable e) {
        return new ClapException("The index " + folder + " was deleted and made anew; open it again", e);
    }

    @Override
    public void close() {
        folder.use(() -> {
            searchers.close();
            directory.close();
            return null;
        });
    }

    @Override
    public String toString() {
        return "the index " + folder;
    }
}
