package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FilesBelow;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The files of one repository in the hub's cache, in the layout that all its clients share:
 *
 * <pre>
 * models--owner--name/blobs/ETAG                 contents
 * models--owner--name/snapshots/COMMIT/FILE      relative links to them
 * models--owner--name/refs/REVISION              the commit of a branch or tag
 * models--owner--name/.no_exist/COMMIT/FILE      empty: the commit has no such file
 * .locks/models--owner--name/ETAG.lock           locked while a blob is downloaded
 * </pre>
 *
 * <p>Where links are impossible or not wanted, snapshots hold the contents themselves.
 */
final class RepositoryCache {
    private static final String TAG = "CACHEDIR.TAG";

    /** The content of {@code CACHEDIR.TAG}, as the hub's clients write it; the first line makes backup tools skip the folder. */
    private static final String TAGGED = """
            Signature: 8a477f597d28d172789f06886806bc55
            # This file is a cache directory tag created by huggingface_hub.
            # For information about cache directory tags, see:
            #\thttps://bford.info/cachedir/
            """;

    private static final long MOST_REF_BYTES = 1024;

    private final Path cache;
    private final Path folder;
    private final boolean links;

    RepositoryCache(Path cache, String repositoryFolder, boolean links) {
        this.cache = cache;
        this.folder = cache.resolve(repositoryFolder);
        this.links = links;
    }

    static RepositoryCache of(HubSettings settings, Repository repository) {
        return new RepositoryCache(settings.cache(), repository.folder(), settings.links());
    }

    Path folder() {
        return folder;
    }

    Path snapshot(String commit) {
        return folder.resolve("snapshots").resolve(commit);
    }

    /** Returns the path of a blob. */
    Path blob(String etag) {
        return folder.resolve("blobs").resolve(etag);
    }

    /** Returns the path of a blob that is being downloaded. */
    Path incomplete(String etag) {
        return folder.resolve("blobs").resolve(etag + ".clap4j.incomplete");
    }

    Path lock(String etag) {
        return cache.resolve(".locks").resolve(folder.getFileName()).resolve(etag + ".lock");
    }

    /** Returns the commit of a revision, as far as the cache knows. */
    Optional<String> commit(String revision) {
        if (Repository.isCommit(revision)) {
            return Optional.of(revision);
        }
        Path ref = ref(revision);
        return Files.isRegularFile(ref)
                ? Optional.of(InputFiles.readText(ref, MOST_REF_BYTES).strip()).filter(Repository::isCommit)
                : Optional.empty();
    }

    /** Returns the branches and tags whose commits are known. */
    List<String> refs() {
        Path refs = folder.resolve("refs");
        if (!Files.isDirectory(refs)) {
            return List.of();
        }
        try {
            return FilesBelow.of(refs).stream()
                    .filter(Files::isRegularFile)
                    .map(file -> refs.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ClapException("Cannot read " + refs + ": " + IoReasons.of(e), e);
        }
    }

    private Path ref(String revision) {
        return folder.resolve("refs").resolve(revision);
    }

    /** Returns whether a file is in a snapshot. */
    boolean has(String commit, String name) {
        return Files.isRegularFile(snapshot(commit).resolve(name));
    }

    /** Returns whether it is known that a commit has no such file. */
    boolean lacks(String commit, String name) {
        return Files.exists(absence(commit, name));
    }

    private Path absence(String commit, String name) {
        return folder.resolve(".no_exist").resolve(commit).resolve(name);
    }

    /**
     * Records that a commit has no such file.
     *
     * @throws ClapException if the cache cannot be written
     */
    void putAbsence(String commit, String name) {
        Path file = absence(commit, name);
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Another process did it.
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /**
     * Makes the folders, and tags the cache as one.
     *
     * @throws ClapException if the cache cannot be written
     */
    void prepare(String commit) {
        try {
            Files.createDirectories(folder.resolve("blobs"));
            Files.createDirectories(snapshot(commit));
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
        Path tag = cache.resolve(TAG);
        if (!Files.exists(tag)) {
            AtomicFiles.writeUnforced(tag, TAGGED.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Puts a blob of the cache into a snapshot.
     *
     * @param fresh whether no other snapshot can have it yet
     * @throws ClapException if the cache cannot be written
     */
    void link(String commit, RemoteFile file, boolean fresh) {
        Path pointer = snapshot(commit).resolve(file.name());
        Path blob = blob(file.etag());
        if (Files.isRegularFile(pointer)) {
            return;
        }
        try {
            Files.createDirectories(pointer.getParent());
            Files.deleteIfExists(pointer);
            if (links && linked(pointer, pointer.getParent().relativize(blob))) {
                return;
            }
            if (fresh) {
                Files.move(blob, pointer, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
        } catch (IOException e) {
            throw cannotWrite(pointer, e);
        }
        AtomicFiles.copyNew(blob, pointer);
    }

    private static boolean linked(Path pointer, Path target) throws IOException {
        try {
            Files.createSymbolicLink(pointer, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isRegularFile(pointer)) {
                return true;
            }
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // Windows lets only some users make links.
            return false;
        }
    }

    /**
     * Records the commit of a revision.
     *
     * @throws ClapException if the cache cannot be written
     */
    void putRef(String revision, String commit) {
        if (!revision.equals(commit) && !commit(revision).equals(Optional.of(commit))) {
            AtomicFiles.writeBytes(ref(revision), commit.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Returns whether there is anything of the repository. */
    boolean exists() {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static ClapException cannotWrite(Path file, IOException e) {
        return new ClapException("Cannot write " + file + ": " + IoReasons.of(e), e);
    }
}
