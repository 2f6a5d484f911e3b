package dev.clap4j.internal.image;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * The memory shared by all images being decoded at the same time: half of the heap. A decoder reserves the memory an
 * image needs, waiting for others to finish if necessary.
 */
final class DecodingMemory {
    private static final long UNIT = 1 << 20;
    private static final int UNITS =
            (int) Math.max(1, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / UNIT));
    private static final Semaphore FREE = new Semaphore(UNITS, true);

    private DecodingMemory() {}

    /** A task that needs the memory. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Runs a task with reserved memory, waiting for it if necessary.
     *
     * @param bytes the memory to reserve
     * @param name the image's name, for the error
     * @throws TooLittleMemoryException if more is needed than will ever be available
     */
    static <T> T with(long bytes, String name, Work<T> work) throws IOException {
        long units = bytes / UNIT;
        if (units > UNITS) {
            throw new TooLittleMemoryException("Cannot decode " + name + ": that takes about " + units
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
