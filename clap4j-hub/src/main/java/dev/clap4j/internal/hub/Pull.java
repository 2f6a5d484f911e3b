package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.checkpoint.Configurations;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Brings the files of one repository that are needed into the cache, weights last. */
final class Pull {
    private static final long SPARE_BYTES = 1 << 20;
    private static final String OPEN_CLIP = "open_clip";

    private final String asked;
    private final HubClient client;
    private final RemoteRepository remote;
    private final RepositoryCache cache;
    private final Progress progress;

    /**
     * Prepares a download.
     *
     * @param asked the name that the user gave
     * @param repository the repository that it needs
     */
    Pull(HubClient client, String asked, Repository repository, Progress progress) {
        this.asked = asked;
        this.client = client;
        this.remote = new RemoteRepository(client, repository);
        this.cache = RepositoryCache.of(client.settings(), repository);
        this.progress = progress;
    }

    /**
     * Downloads a model.
     *
     * @param weights the name of the weights file; empty for the usual ones
     * @param configured whether the configuration is that of the repository
     * @return the snapshot
     * @throws ClapException if there is no such model, it could not be loaded, access is denied, or the cache cannot be
     *     written
     */
    Path model(String weights, boolean configured) {
        return run((all, commit) -> {
            Set<String> names = NeededFiles.main(all);
            if (PipelineParts.isPipeline(names, weights)) {
                return pipeline(all, commit);
            }
            String main = NeededFiles.weights(names, weights)
                    .orElseThrow(() -> NeededFiles.noWeights(remote.repository().toString(), names));
            if (configured) {
                requireUnderstood(names, commit, main);
            }
            List<String> needed = new ArrayList<>(NeededFiles.small(names::contains));
            needed.addAll(withShards("", main, all, commit));
            return needed;
        });
    }

    /** Downloads the configuration, and refuses a model that could not be loaded before its weights are downloaded. */
    private void requireUnderstood(Set<String> names, String commit, String main) throws IOException {
        List<String> configurations = Configurations.NAMES.stream()
                .filter(names::contains)
                .filter(name -> name.startsWith(OPEN_CLIP) || !main.startsWith(OPEN_CLIP))
                .toList();
        download(commit, configurations, Progress.NONE);
        try {
            Configurations.requireUnderstood(
                    configurations.stream().map(cache.snapshot(commit)::resolve).toList());
        } catch (ClapException e) {
            throw new ClapException(
                    remote.repository() + " cannot be loaded, so its weights are not downloaded: " + e.getMessage(), e);
        }
    }

    /** Returns the files of a pipeline, those with weights last. */
    private List<String> pipeline(Set<String> names, String commit) throws IOException {
        List<String> needed = new ArrayList<>(PipelineParts.small(names));
        for (Map.Entry<String, String> weights : PipelineParts.weights(names).entrySet()) {
            needed.addAll(withShards(weights.getKey() + "/", weights.getValue(), names, commit));
        }
        return needed;
    }

    /** Returns the weights in a folder; if they are an index, it is downloaded, and its shards are among them. */
    private List<String> withShards(String folder, String main, Set<String> names, String commit) throws IOException {
        List<String> needed = new ArrayList<>(List.of(folder + main));
        if (NeededFiles.isIndex(main)) {
            download(commit, needed, Progress.NONE);
            Set<String> shards = new TreeSet<>();
            NeededFiles.shards(cache.snapshot(commit).resolve(folder + main))
                    .forEach(shard -> shards.add(folder + shard));
            if (!names.containsAll(shards)) {
                shards.removeAll(names);
                throw new ClapException(remote.repository() + " lacks parts of its weights that " + folder + main
                        + " names: " + String.join(", ", shards));
            }
            needed.addAll(shards);
        }
        return needed;
    }

    /**
     * Downloads a tokenizer alone.
     *
     * @return the snapshot
     * @throws ClapException as {@link #model}
     */
    Path tokenizer() {
        return run((names, commit) ->
                NeededFiles.small(name -> names.contains(name) && NeededFiles.OF_TOKENIZERS.contains(name)));
    }

    /** Chooses files among those of a commit. */
    @FunctionalInterface
    private interface Choice {
        List<String> of(Set<String> names, String commit) throws IOException;
    }

    private Path run(Choice choice) {
        Repository repository = remote.repository();
        try {
            RemoteRepository.Listing listing = remote.list(progress);
            String commit = listing.commit();
            cache.prepare(commit);
            List<String> needed = choice.of(new TreeSet<>(listing.names()), commit);
            NeededFiles.SMALL.stream()
                    .filter(name -> !listing.names().contains(name))
                    .forEach(name -> cache.putAbsence(commit, name));
            download(commit, needed, progress);
            cache.putRef(repository.revision(), commit);
            return cache.snapshot(commit);
        } catch (HubUnreachable e) {
            throw Offline.unreachable(asked, repository, client.settings(), e);
        } catch (IOException e) {
            throw new ClapException(
                    "The download of " + repository + " from "
                            + client.settings().host() + " failed: " + IoReasons.of(e)
                            + "; trying again resumes it",
                    e);
        }
    }

    private void download(String commit, List<String> names, Progress shown) throws IOException {
        Map<RemoteFile, Long> missing = new LinkedHashMap<>();
        for (String name : names) {
            if (!cache.has(commit, name)) {
                RemoteFile file = remote.describe(commit, name, progress);
                if (Files.isRegularFile(cache.blob(file.etag()))) {
                    cache.link(commit, file, false);
                } else {
                    missing.put(file, begun(file));
                }
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        long total = missing.keySet().stream()
                .mapToLong(file -> Math.max(0, file.size()))
                .sum();
        long done = missing.values().stream().mapToLong(Long::longValue).sum();
        requireSpace(total - done);
        announce(total, done, shown);
        Megabytes megabytes = new Megabytes(shown, remote.repository().toString(), total, done);
        for (Map.Entry<RemoteFile, Long> file : missing.entrySet()) {
            Download download = new Download(client, remote, cache, commit, file.getKey(), megabytes);
            boolean fresh = download.run(file.getValue());
            cache.link(commit, file.getKey(), fresh);
        }
    }

    /** Returns the bytes that an earlier attempt left. */
    private long begun(RemoteFile file) throws IOException {
        Path incomplete = cache.incomplete(file.etag());
        long size = Files.isRegularFile(incomplete) ? Files.size(incomplete) : 0;
        return size <= file.size() ? size : 0;
    }

    private void announce(long total, long done, Progress shown) {
        String rest = done == 0 ? "" : ", of which " + Megabytes.shown(done) + " are here already";
        shown.milestone("downloading " + remote.repository() + " from "
                + client.settings().host() + ": " + Megabytes.shown(total) + rest + ", into " + cache.folder());
    }

    private void requireSpace(long bytes) throws IOException {
        long free = Files.getFileStore(cache.folder()).getUsableSpace();
        if (bytes > 0 && free < bytes + SPARE_BYTES) {
            throw new ClapException("Not enough room for " + remote.repository() + ": " + Megabytes.shown(bytes)
                    + " are needed, but only " + Megabytes.shown(free) + " are free in "
                    + client.settings().cache()
                    + "; make room, or choose another folder with the variable HF_HUB_CACHE");
        }
    }
}
