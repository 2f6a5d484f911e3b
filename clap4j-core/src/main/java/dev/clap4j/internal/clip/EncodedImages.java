package dev.clap4j.internal.clip;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.image.ImageBatch;
import dev.clap4j.internal.image.ImageBatches;
import dev.clap4j.internal.run.Steps;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * The features of many images, batch by batch as they are encoded: what is done is there, even if the rest is never asked
 * for. For one thread. Whoever opens it closes it.
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
     * Whether there is another batch; waits for its images.
     *
     * @throws dev.clap4j.ClapException if one of them cannot be decoded and is not to be skipped
     * @throws dev.clap4j.StoppedException if it should stop; what was handed out is done
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

    /** Also of images that were skipped, of which nothing is handed out. */
    private void tell() {
        steps.add(done() - told);
        told = done();
    }

    /** The features of the next batch, {@code [b, D]}, not normalised, with the images' ids. */
    @Override
    public FeatureMatrix next() {
        ImageBatch<T> batch = batches.next();
        encoded += batch.images().size();
        List<String> ids = batch.images().stream().map(id).toList();
        FeatureMatrix features = new FeatureMatrix(ids, encoder.embedDim(), encoder.encode(batch.pixels()));
        tell();
        return features;
    }

    /** The number of images done: encoded or skipped. */
    public int done() {
        return encoded + batches.skipped().size();
    }

    /** The images skipped so far, in order. */
    public List<ImageBatches.Skipped<T>> skipped() {
        return batches.skipped();
    }

    @Override
    public void close() {
        batches.close();
    }
}
