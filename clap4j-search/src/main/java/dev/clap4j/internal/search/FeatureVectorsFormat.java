package dev.clap4j.internal.search;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's graph of neighbours (HNSW) over features of one byte a value, beside the features themselves in 32 bits, for
 * features of any dimension that models have: Lucene's own format ends at 1,024. Lucene finds it by its name.
 */
public final class FeatureVectorsFormat extends KnnVectorsFormat {
    /** The largest dimension; the largest CLIP-like models have 1,280 to 4,096. */
    static final int MAX_DIMENSION = 16_384;

    private static final String NAME = "Clap4jFeatures1";

    /** The number of neighbours of a node, and of candidates when it is inserted. */
    private static final int NEIGHBOURS = 16;

    private static final int CANDIDATES = 100;

    /** The bits of a quantised value, Lucene's own choice. */
    private static final int BITS = 7;

    private final KnnVectorsFormat format =
            new Lucene99HnswScalarQuantizedVectorsFormat(NEIGHBOURS, CANDIDATES, 1, BITS, false, null, null);

    /** Called by Lucene. */
    public FeatureVectorsFormat() {
        super(NAME);
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return format.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return format.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
        return MAX_DIMENSION;
    }
}
