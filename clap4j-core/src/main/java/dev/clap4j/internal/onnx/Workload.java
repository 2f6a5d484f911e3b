package dev.clap4j.internal.onnx;

/** What a network on the processor computes, and how that is divided and where it is kept. */
enum Workload {
    /** Parts with more numbers in their largest input, about four images, are no faster and need more memory. */
    FORWARD(700_000, true),

    /**
     * Forward and backward passes. They keep what the forward pass computes until the backward pass has read it, so
     * parts are smaller: about two images. Without patterns of memory: one is a block as large as all of that, beside
     * the blocks of the first run, which have no other use from then on.
     */
    GRADIENTS(300_000, false);

    private final long largestPart;
    private final boolean memoryPatterns;

    Workload(long largestPart, boolean memoryPatterns) {
        this.largestPart = largestPart;
        this.memoryPatterns = memoryPatterns;
    }

    /** Returns the most numbers in the largest input of a part of a batch. */
    long largestPart() {
        return largestPart;
    }

    /** Returns whether the runtime allocates all intermediate values of a run at once, as an earlier run used them. */
    boolean memoryPatterns() {
        return memoryPatterns;
    }
}
