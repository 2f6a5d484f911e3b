package dev.clap4j.internal.onnx;

/** The purpose that a network on the processor is compiled for. */
enum Workload {
    /** Forward passes. Parts with more numbers in their largest input, about four images, are no faster. */
    FORWARD(700_000, true),

    /**
     * Forward and backward passes, which keep what the former computes until the latter has read it. So parts are smaller,
     * about one image, and memory is not spent for speed.
     */
    GRADIENTS(150_000, false);

    private final long largestPart;
    private final boolean spending;

    Workload(long largestPart, boolean spending) {
        this.largestPart = largestPart;
        this.spending = spending;
    }

    /** Returns the most numbers in the largest input of a part of a batch. */
    long largestPart() {
        return largestPart;
    }

    /**
     * Returns whether memory is spent for speed: for a copy of the weights in the order in which products read them, and
     * for a block that holds all intermediate values of a run, beside the blocks of the first run.
     */
    boolean spendsMemory() {
        return spending;
    }
}
