package dev.clap4j.internal.clip;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.image.ImageBatch;
import dev.clap4j.internal.image.ImageBatches;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.image.UnreadableImage;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * The features of many images, batch by batch as they are encoded: what is done is there, even if the rest is never asked
 * for. For one thread. Whoever opens it closes it.
 */
public final class EncodedImages implements Iterator<FeatureMatrix>, AutoCloseable {
    private final ImageEncoder encoder;
    private final ImageBatches batches;
    private int encoded;

    EncodedImages(ImageEncoder encoder, Preprocessing preprocessing, List<Path> files, ImageLoading loading) {
        this.encoder = encoder;
        this.batches = ImageBatches.open(files, preprocessing, loading);
    }

    /**
     * Whether there is another batch; waits for its images.
     *
     * @throws dev.clap4j.ClapException if one of them cannot be decoded and is not to be skipped
     */
    @Override
    public boolean hasNext() {
        return batches.hasNext();
    }

    /** The features of the next batch, {@code [b, D]}, not normalised; the files' names are the ids. */
    @Override
    public FeatureMatrix next() {
        ImageBatch batch = batches.next();
        encoded += batch.images().size();
        List<String> ids = batch.images().stream().map(Path::toString).toList();
        return new FeatureMatrix(ids, encoder.embedDim(), encoder.encode(batch.pixels()));
    }

    /** How many images are done: encoded or skipped. */
    public int done() {
        return encoded + batches.skipped().size();
    }

    /** The images that were skipped so far, in order. */
    public List<UnreadableImage> skipped() {
        return batches.skipped();
    }

    @Override
    public void close() {
        batches.close();
    }
}
