package dev.clap4j.internal.image;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * The memory that all images which are decoded at the same time may take together: half of the heap. Whoever decodes
 * reserves what the image takes, and waits until others are done if there is not enough left.
 */
final class DecodingMemory {
    private static final long UNIT = 1 << 20;
    private static final int UNITS =
            (int) Math.max(1, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / UNIT));
    private static final Semaphore FREE = new Semaphore(UNITS, true);

    private DecodingMemory() {}

    /** What is done with the memory. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does something with memory that is reserved for it, after waiting for it.
     *
     * @param name the image, for the error
     * @throws ClapException if there will never be so much
     */
    static <T> T with(long bytes, String name, Work<T> work) throws IOException {
        long units = bytes / UNIT;
        if (units > UNITS) {
            throw new ClapException("Cannot decode " + name + ": that takes about " + units
                    + " MiB, and images may take "
                    + UNITS + " of this program's " + Runtime.getRuntime().maxMemory() / UNIT
                    + " MiB. Give it more memory (-Xmx), or make the image smaller");
        }
        int reserved = (int) units;
        try {
            FREE.acquire(reserved);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClapException("Interrupted before " + name + " was decoded", e);
        }
        try {
            return work.run();
        } finally {
            FREE.release(reserved);
        }
    }
}
