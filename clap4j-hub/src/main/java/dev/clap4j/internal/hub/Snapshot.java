package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.FilesBelow;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A commit of a repository in the cache. */
record Snapshot(RepositoryCache cache, String commit) {
    /** Returns what the cache has of a repository; empty if it has nothing of the revision. */
    static Optional<Snapshot> of(RepositoryCache cache, String revision) {
        return cache.commit(revision)
                .map(commit -> new Snapshot(cache, commit))
                .filter(found -> Files.isDirectory(found.folder()));
    }

    Path folder() {
        return cache.snapshot(commit);
    }

    /** Returns the names of its files. */
    Set<String> names() {
        return NeededFiles.main(allNames());
    }

    /** Returns the names of its files and, after a slash, of those in its folders. */
    private Set<String> allNames() {
        try {
            return FilesBelow.of(folder(), 2).stream()
                    .filter(Files::isRegularFile)
                    .map(file -> folder().relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new ClapException("Cannot read " + folder() + ": " + IoReasons.of(e), e);
        }
    }

    /** Returns whether all weights are there, every shard of them, and of a pipeline every part. */
    boolean hasWeights(String weights) {
        Set<String> names = names();
        if (PipelineParts.isPipeline(names, weights)) {
            return PipelineParts.isComplete(folder(), allNames());
        }
        Optional<String> main = NeededFiles.weights(names, weights);
        return main.isPresent()
                && (!NeededFiles.isIndex(main.get())
                        || names.containsAll(NeededFiles.shards(folder().resolve(main.get()))));
    }

    /** Returns whether every small file is there or is known not to exist. */
    boolean isSettled() {
        if (PipelineParts.isPipeline(names(), "")) {
            return hasWeights("");
        }
        Set<String> here = Set.copyOf(NeededFiles.small(name -> cache.has(commit, name)));
        boolean json = here.contains("tokenizer.json");
        return NeededFiles.SMALL.stream()
                .allMatch(name ->
                        here.contains(name) || cache.lacks(commit, name) || (json && NeededFiles.isReplaceable(name)));
    }
}
