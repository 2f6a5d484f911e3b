package dev.clap4j.internal.hub;

/**
 * A file of a repository as the hub describes it.
 *
 * @param name its name in the repository
 * @param etag identifies its content: SHA-256 of large files, the hash of git of others, as hexadecimal digits; mirrors
 *     may have etags of their own
 * @param size in bytes; -1 if the hub does not say
 */
record RemoteFile(String name, String etag, long size) {}
