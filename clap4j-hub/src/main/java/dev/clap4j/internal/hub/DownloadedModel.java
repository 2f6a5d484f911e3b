package dev.clap4j.internal.hub;

import java.util.List;

/**
 * A model in the hub's cache.
 *
 * @param name {@code owner/name}
 * @param revisions the branches, tags and commits that are there
 * @param bytes its size on disk, unfinished downloads included
 * @param complete whether its weights are there
 */
public record DownloadedModel(String name, List<String> revisions, long bytes, boolean complete) {
    /** Makes the list unmodifiable. */
    public DownloadedModel {
        revisions = List.copyOf(revisions);
    }

    /** Returns the size for people. */
    public String size() {
        return Megabytes.shown(bytes);
    }
}
