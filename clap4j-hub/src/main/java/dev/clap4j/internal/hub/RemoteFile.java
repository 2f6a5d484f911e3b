package dev.clap4j.internal.hub;

/**
 * A file of a repository as the hub describes it.
 *
 * @param name its name in the repository
 * @param etag identifies its content: SHA-256 of large files, the hash of git of others, as hexadecimal digits; mirrors
 *     may have etags of their own
 * @param size in bytes; -1 if the hub does not say
 */
record RemoteFile(String name, String etag, long size) {
    /** The largest configuration or tokenizer, and the largest file whose size the hub does not give. */
    static final long MOST_SMALL_BYTES = 64L << 20;

    /** Far beyond any weights. */
    static final long MOST_BYTES = 1L << 42;

    /** Returns whether the file is larger than any of its kind that could be read. */
    boolean isTooLarge() {
        return size > limit();
    }

    /** Returns the largest size of a file of this kind. */
    long limit() {
        return name.endsWith(".json") || name.endsWith(".txt") || name.endsWith(".model")
                ? MOST_SMALL_BYTES
                : MOST_BYTES;
    }
}
