package dev.clap4j.internal.spark.evaluation;

import java.io.Serializable;

/**
 * The place of each domain in the order of all images.
 *
 * @param images the number of the first image of each domain
 * @param batches the number of its first batch of noise; batches do not go beyond a domain
 * @param all the number of batches of all domains
 */
record DomainStarts(long[] images, long[] batches, long all) implements Serializable {
    /** Returns the starts of domains of some sizes. */
    static DomainStarts of(long[] sizes, int batch) {
        long[] images = new long[sizes.length];
        long[] batches = new long[sizes.length];
        long image = 0;
        long first = 0;
        for (int d = 0; d < sizes.length; d++) {
            images[d] = image;
            batches[d] = first;
            image += sizes[d];
            first += (sizes[d] + batch - 1) / batch;
        }
        return new DomainStarts(images, batches, first);
    }

    /** Returns the batch of an image of a domain, by its number among all images. */
    long batch(int domain, long image, int size) {
        return batches[domain] + (image - images[domain]) / size;
    }
}
