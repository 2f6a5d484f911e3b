package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.io.FilesBelow;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.internal.source.RepositoryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The models in the hub's cache, whoever downloaded them. */
public final class DownloadedModels {
    private final HubSettings settings;

    /** Opens the cache of the current user. */
    public DownloadedModels() {
        this(HubSettings.ofUser());
    }

    DownloadedModels(HubSettings settings) {
        this.settings = settings;
    }

    /** Returns the folder of the cache. */
    public Path folder() {
        return settings.cache();
    }

    /**
     * Returns all models, by name.
     *
     * @throws ClapException if the cache cannot be read
     */
    public List<DownloadedModel> list() {
        return folders(folder()).stream()
                .map(folder -> folder.getFileName().toString())
                .flatMap(name -> RepositoryFolder.repository(name).stream())
                .map(this::describe)
                .sorted(Comparator.comparing(DownloadedModel::name))
                .toList();
    }

    private DownloadedModel describe(String id) {
        RepositoryCache cache = cache(id);
        List<String> revisions = new ArrayList<>(cache.refs());
        List<String> commits = commits(cache);
        commits.stream()
                .filter(commit ->
                        revisions.stream().noneMatch(ref -> cache.commit(ref).equals(Optional.of(commit))))
                .forEach(revisions::add);
        boolean complete = commits.stream().anyMatch(commit -> isComplete(new Snapshot(cache, commit)));
        return new DownloadedModel(id, revisions, size(cache.folder()), complete);
    }

    /** Returns whether a snapshot has all weights; not if the index of its shards is damaged. */
    private static boolean isComplete(Snapshot snapshot) {
        try {
            return snapshot.hasWeights("");
        } catch (ClapException e) {
            return false;
        }
    }

    private RepositoryCache cache(String id) {
        return RepositoryCache.of(settings, Repository.main(id));
    }

    private static List<String> commits(RepositoryCache cache) {
        return folders(cache.folder().resolve("snapshots")).stream()
                .map(folder -> folder.getFileName().toString())
                .toList();
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw cannotRead(parent, e.getCause());
        } catch (IOException e) {
            throw cannotRead(parent, e);
        }
    }

    private static ClapException cannotRead(Path path, IOException e) {
        return new ClapException("Cannot read " + path + ": " + IoReasons.of(e), e);
    }

    private static long size(Path folder) {
        long bytes = 0;
        for (Path file : files(folder)) {
            if (!Files.isSymbolicLink(file)) {
                bytes += file.toFile().length();
            }
        }
        return bytes;
    }

    /** Returns all files and links below a folder. */
    private static List<Path> files(Path folder) {
        try {
            return FilesBelow.of(folder);
        } catch (IOException e) {
            throw cannotRead(folder, e);
        }
    }

    /**
     * Deletes a model, all its revisions and unfinished downloads.
     *
     * @return the model as it was
     * @throws ClapException if it is not in the cache, or cannot be deleted
     */
    public DownloadedModel remove(String name) {
        DownloadedModel model = find(name);
        RepositoryCache cache = cache(model.name());
        delete(cache.folder());
        delete(settings.cache().resolve(".locks").resolve(cache.folder().getFileName()));
        return model;
    }

    private static void delete(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ClapException("Cannot delete " + folder + ": " + IoReasons.of(e), e);
        } catch (UncheckedIOException e) {
            throw new ClapException("Cannot delete " + folder + ": " + IoReasons.of(e.getCause()), e);
        }
    }

    private DownloadedModel find(String name) {
        String id = id(name);
        if (cache(id).exists()) {
            return describe(id);
        }
        List<String> known = list().stream().map(DownloadedModel::name).toList();
        throw new ClapException((id.equals(name) ? name : name + ", which is " + id + " on the hub,") + " is not in "
                + folder() + NearestName.hint(id, known));
    }

    private String id(String name) {
        if (name.matches("\\w[\\w.-]*") && cache(name).exists()) {
            return name;
        }
        int colon = name.indexOf(':');
        if (colon > 0) {
            return Tags.published()
                    .find(name.substring(0, colon), name.substring(colon + 1))
                    .repository();
        }
        return Repository.parse(name)
                .filter(repository -> repository.revision().equals(Repository.MAIN))
                .map(Repository::id)
                .orElseThrow(() -> new ClapException("\"" + name
                        + "\" is no model's name; write OWNER/NAME without a revision, or ARCHITECTURE:TAG"));
    }

    /**
     * Compares every file of a model with the hash that the hub gave.
     *
     * @throws ClapException if the model is not in the cache, or a file cannot be read
     */
    public List<CheckedFile> verify(String name, Progress progress) {
        DownloadedModel model = find(name);
        Path snapshots = cache(model.name()).folder().resolve("snapshots");
        List<Path> files = files(snapshots);
        Megabytes megabytes = new Megabytes(
                progress,
                model.name(),
                files.stream().mapToLong(file -> file.toFile().length()).sum(),
                0);
        List<CheckedFile> checked = new ArrayList<>();
        for (Path file : files) {
            CheckedFile outcome =
                    check(file, snapshots.relativize(file).toString().replace('\\', '/'));
            checked.add(outcome);
            megabytes.arrived(outcome.bytes());
        }
        return checked;
    }

    private static CheckedFile check(Path file, String name) {
        if (!Files.isRegularFile(file)) {
            return new CheckedFile(name, 0, CheckedFile.State.MISSING);
        }
        try {
            String etag = Files.isSymbolicLink(file)
                    ? Files.readSymbolicLink(file).getFileName().toString()
                    : "";
            CheckedFile.State state = CheckedFile.State.UNKNOWN;
            Optional<ContentHash> hash = ContentHash.of(etag);
            if (hash.isPresent()) {
                state = hash.get().of(file).equals(etag) ? CheckedFile.State.OK : CheckedFile.State.DAMAGED;
            }
            return new CheckedFile(name, Files.size(file), state);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }
}
