package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.internal.search.FeatureVectorsFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * An index open for writing. Others see it as it was at the last commit, which also survives the end of the process,
 * however it ends. It must be closed; what is not committed is then lost, and a new index to which nothing was committed
 * is deleted.
 */
final class IndexWriting implements AutoCloseable {
    /** The most pictures, and the longest time, between two commits. */
    private static final int PICTURES = 1000;

    private static final long NANOS = TimeUnit.SECONDS.toNanos(10);

    /** The memory of pictures that are not on disk yet. */
    private static final double MEGABYTES = 64;

    private final IndexFolder folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final Optional<IndexInfo> before;
    private final IndexInfo info;
    private final AtomicReference<Throwable> failedMerge;
    private Runnable committing = () -> {};
    private boolean held;
    private boolean kept;
    private int changes;
    private long committed = System.nanoTime();

    private IndexWriting(
            IndexFolder folder,
            Directory directory,
            IndexWriter writer,
            DirectoryReader reader,
            Optional<IndexInfo> before,
            IndexInfo info,
            AtomicReference<Throwable> failedMerge) {
        this.folder = folder;
        this.directory = directory;
        this.writer = writer;
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
        this.before = before;
        this.info = info;
        this.failedMerge = failedMerge;
    }

    /** A picture that the index had when it was opened for writing. */
    record Stored(ImageDocument image, int document) {}

    /**
     * Opens an index, or makes an empty one.
     *
     * @param origin returns the origin of the index from the one it had, if there was one; may refuse it
     * @throws ClapException if it is being written, damaged, or cannot be written
     */
    static IndexWriting open(IndexFolder folder, UnaryOperator<Optional<IndexInfo>> origin) {
        return folder.use(() -> {
            Directory directory = folder.open();
            try {
                return open(folder, directory, origin);
            } catch (LockObtainFailedException e) {
                directory.close();
                throw new ClapException("The index " + folder + " is being written by another process", e);
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        });
    }

    private static IndexWriting open(IndexFolder folder, Directory directory, UnaryOperator<Optional<IndexInfo>> origin)
            throws IOException {
        Optional<IndexInfo> before = Optional.empty();
        if (DirectoryReader.indexExists(directory)) {
            try (DirectoryReader old = DirectoryReader.open(directory)) {
                before = Optional.of(folder.info(old));
            }
        }
        IndexInfo info = origin.apply(before).orElseThrow();
        AtomicReference<Throwable> failedMerge = new AtomicReference<>();
        IndexWriter writer = new IndexWriter(directory, config(failedMerge));
        try {
            // Equal maps of classes may have another order.
            if (!before.map(IndexInfo::toJson).equals(Optional.of(info.toJson()))) {
                writer.setLiveCommitData(IndexFolder.commitData(info).entrySet());
            }
            if (before.isEmpty()) {
                writer.commit();
            }
            return new IndexWriting(
                    folder, directory, writer, DirectoryReader.open(directory), before, info, failedMerge);
        } catch (IOException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    private static IndexWriterConfig config(AtomicReference<Throwable> failedMerge) {
        KnnVectorsFormat features = new FeatureVectorsFormat();
        return new IndexWriterConfig(null)
                .setRAMBufferSizeMB(MEGABYTES)
                .setCodec(new Lucene912Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return features;
                    }
                })
                .setMergeScheduler(new ConcurrentMergeScheduler() {
                    @Override
                    protected void handleMergeException(Throwable e) {
                        failedMerge.compareAndSet(null, e);
                    }
                });
    }

    /** Returns the origin of the index. */
    IndexInfo info() {
        return info;
    }

    /** Returns whether the index had other classes or styles, or the same in another order. */
    boolean hasNewLabels() {
        return before.isPresent() && !before.get().hasLabelsOf(info);
    }

    /** Returns whether the index had other styles. */
    boolean hasNewStyles() {
        return before.isPresent() && !before.get().styles().equals(info.styles());
    }

    /** Makes changes that others see only together, if the work ends without an exception. */
    void together(Runnable work) {
        held = true;
        work.run();
        held = false;
    }

    /** Returns a number above those of all documents that the index had. */
    int documents() {
        return reader.maxDoc();
    }

    /** Returns the picture of a document; empty if it was removed. */
    Optional<Stored> stored(int document) {
        Bits live = MultiBits.getLiveDocs(reader);
        return live != null && !live.get(document)
                ? Optional.empty()
                : folder.use(
                        () -> Optional.of(new Stored(ImageDocument.read(searcher.storedFields(), document), document)));
    }

    /** Returns the picture of a path. */
    Optional<Stored> find(String path) {
        return find(ImageDocument.id(path));
    }

    /** Returns a picture of some content, wherever it is. */
    Optional<Stored> findContent(String digest) {
        return find(new Term(ImageDocument.DIGEST, digest));
    }

    private Optional<Stored> find(Term term) {
        return folder.use(() -> {
            TopDocs found = searcher.search(new TermQuery(term), 1);
            if (found.scoreDocs.length == 0) {
                return Optional.empty();
            }
            int document = found.scoreDocs[0].doc;
            return Optional.of(new Stored(ImageDocument.read(searcher.storedFields(), document), document));
        });
    }

    /** Returns the feature of a picture, of length 1. */
    float[] feature(Stored stored) {
        return folder.use(() -> ImageDocument.feature(reader, stored.document()));
    }

    /** Returns the paths with some beginning, of pictures that the index had when it was opened for writing. */
    List<String> pathsBeginningWith(String beginning) {
        return folder.use(() -> {
            List<String> paths = new ArrayList<>();
            Terms terms = MultiTerms.getTerms(reader, ImageDocument.PATH);
            BytesRef prefix = new BytesRef(beginning);
            TermsEnum all = terms == null ? TermsEnum.EMPTY : terms.iterator();
            if (all.seekCeil(prefix) != TermsEnum.SeekStatus.END) {
                for (BytesRef term = all.term(); term != null; term = all.next()) {
                    String path = term.utf8ToString();
                    if (!path.startsWith(beginning)) {
                        break;
                    }
                    if (find(path).isPresent()) {
                        paths.add(path);
                    }
                }
            }
            return paths;
        });
    }

    /** Has something done after each commit of changes. */
    void onCommit(Runnable work) {
        committing = work;
    }

    /** Adds a picture, or replaces the one of its path. */
    void put(ImageDocument image) {
        change(() -> writer.updateDocument(ImageDocument.id(image.path()), image.document(info)));
    }

    /** Removes the picture of a path. */
    void remove(String path) {
        change(() -> writer.deleteDocuments(ImageDocument.id(path)));
    }

    private void change(IndexFolder.Work<Long> change) {
        folder.use(change);
        changes++;
        if (!held && (changes >= PICTURES || System.nanoTime() - committed > NANOS)) {
            commit();
        }
    }

    /** Makes all changes permanent, and visible to those who open the index from now on. */
    void commit() {
        folder.use(() -> {
            writer.commit();
            Throwable failed = failedMerge.get();
            if (failed != null) {
                throw new IOException(failed.getMessage(), failed);
            }
            return null;
        });
        committed = System.nanoTime();
        if (changes > 0) {
            changes = 0;
            kept = true;
            committing.run();
        }
    }

    /**
     * Commits for the last time, after which the work is done and nothing more is said of it; waits until few large parts
     * have taken the place of many small ones, which search slowly.
     */
    void finish() {
        committing = () -> {};
        commit();
        folder.use(() -> {
            writer.maybeMerge();
            writer.close();
            return null;
        });
        folder.use(() -> {
            if (failedMerge.get() != null) {
                throw new IOException(failedMerge.get().getMessage(), failedMerge.get());
            }
            return null;
        });
    }

    @Override
    public void close() {
        folder.use(() -> {
            try {
                reader.close();
                writer.rollback();
                if (before.isEmpty() && !kept) {
                    folder.delete(directory);
                }
            } finally {
                directory.close();
            }
            return null;
        });
    }
}
