package dev.clap4j.internal.clip;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.image.ImageBatch;
import dev.clap4j.internal.image.ImageBatches;
import dev.clap4j.internal.run.Steps;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * An iterator over the features of images, encoded batch by batch on demand; completed batches remain usable if the
 * rest is never requested. Not thread-safe. Must be closed.
 *
 * @param <T> an image that is not decoded yet, for instance a file
 */
public final class EncodedImages<T> implements Iterator<FeatureMatrix>, AutoCloseable {
    private final ImageEncoder encoder;
    private final ImageBatches<T> batches;
    private final Function<T, String> id;
    private final Steps steps;
    private int encoded;
    private int told;

    EncodedImages(ImageEncoder encoder, ImageBatches<T> batches, Function<T, String> id, Steps steps) {
        this.encoder = encoder;
        this.batches = batches;
        this.id = id;
        this.steps = steps;
    }

    /**
     * Returns whether there is another batch; waits until its images are decoded.
     *
     * @throws dev.clap4j.ClapException if one of them cannot be decoded and is not to be skipped
     * @throws dev.clap4j.StoppedException if the progress requests it; batches already returned are counted as done
     */
    @Override
    public boolean hasNext() {
        boolean more = batches.hasNext();
        tell();
        if (more) {
            steps.checkStop();
        }
        return more;
    }

    /** Reports the images completed since the last call, including skipped ones. */
    private void tell() {
        steps.add(done() - told);
        told = done();
    }

    /** Returns the features of the next batch, {@code [b, D]}, not normalised; the row ids are the image ids. */
    @Override
    public FeatureMatrix next() {
        ImageBatch<T> batch = batches.next();
        encoded += batch.images().size();
        List<String> ids = batch.images().stream().map(id).toList();
        FeatureMatrix features = new FeatureMatrix(ids, encoder.embedDim(), encoder.encode(batch.pixels()));
        tell();
        return features;
    }

    /** Returns the number of images encoded or skipped. */
    public int done() {
        return encoded + batches.skipped().size();
    }

    /** Returns the images skipped so far, in order. */
    public List<ImageBatches.Skipped<T>> skipped() {
        return batches.skipped();
    }

    @Override
    public void close() {
        batches.close();
    }
}
