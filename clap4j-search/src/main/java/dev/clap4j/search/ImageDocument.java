package dev.clap4j.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * A picture as a document of the index.
 *
 * @param path the absolute path
 * @param size the size in bytes
 * @param modified the time of modification in milliseconds
 * @param digest identifies the file's content
 * @param classScores a probability for each class of the index
 * @param styleScores a probability for each style of the index; empty if unknown
 * @param feature of length 1
 */
record ImageDocument(
        String path,
        long size,
        long modified,
        String digest,
        float[] classScores,
        float[] styleScores,
        float[] feature) {
    static final String PATH = "path";
    static final String MODIFIED = "modified";
    static final String CLASS = "class";
    static final String STYLE = "style";
    static final String DIGEST = "digest";
    static final String FEATURE = "feature";

    private static final String SIZE = "size";
    private static final String CLASS_SCORES = "class-scores";
    private static final String STYLE_SCORES = "style-scores";

    /** Returns the term that stands in this picture's document alone. */
    static Term id(String path) {
        return new Term(PATH, path);
    }

    /** Returns the document, with the labels that filters ask for. */
    Document document(IndexInfo info) {
        Document document = new Document();
        document.add(new StringField(PATH, path, Field.Store.YES));
        document.add(new StoredField(SIZE, size));
        document.add(new LongField(MODIFIED, modified, Field.Store.YES));
        document.add(new StringField(DIGEST, digest, Field.Store.YES));
        label(document, CLASS, CLASS_SCORES, info.classes(), classScores);
        label(document, STYLE, STYLE_SCORES, info.styles(), styleScores);
        document.add(new KnnFloatVectorField(FEATURE, feature, VectorSimilarityFunction.DOT_PRODUCT));
        return document;
    }

    private static void label(Document document, String best, String all, List<String> names, float[] scores) {
        document.add(new StoredField(all, bytes(scores)));
        order(scores).stream()
                .findFirst()
                .ifPresent(label -> document.add(new StringField(best, names.get(label), Field.Store.NO)));
    }

    /** Reads a document, its feature left out: that is empty. */
    static ImageDocument read(StoredFields fields, int document) throws IOException {
        Document stored = fields.document(document);
        return new ImageDocument(
                stored.get(PATH),
                stored.getField(SIZE).numericValue().longValue(),
                stored.getField(MODIFIED).numericValue().longValue(),
                stored.get(DIGEST),
                floats(stored.getBinaryValue(CLASS_SCORES)),
                floats(stored.getBinaryValue(STYLE_SCORES)),
                new float[0]);
    }

    /** Reads the feature of a document. */
    static float[] feature(IndexReader reader, int document) throws IOException {
        LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(document, reader.leaves()));
        FloatVectorValues features = leaf.reader().getFloatVectorValues(FEATURE);
        int place = document - leaf.docBase;
        if (features == null || features.advance(place) != place) {
            throw new IllegalStateException("a picture has no feature");
        }
        return features.vectorValue().clone();
    }

    /** Returns the picture. */
    IndexedImage image(IndexInfo info) {
        return new IndexedImage(
                Path.of(path),
                size,
                Instant.ofEpochMilli(modified),
                digest,
                ranked(info.classes(), classScores),
                ranked(info.styles(), styleScores));
    }

    private static Map<String, Float> ranked(List<String> names, float[] scores) {
        Map<String, Float> ranked = new LinkedHashMap<>();
        order(scores).forEach(label -> ranked.put(names.get(label), scores[label]));
        return ranked;
    }

    private static List<Integer> order(float[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparing((Integer label) -> -scores[label]))
                .toList();
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static float[] floats(BytesRef bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}
