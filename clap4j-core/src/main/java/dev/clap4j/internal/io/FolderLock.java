package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An exclusive lock on an output folder. It ends with the process, however that ends. While it is held, {@link
 * AtomicFiles} does not follow links inside the folder.
 */
public final class FolderLock implements AutoCloseable {
    /** The name of the lock file, which exists while the folder is being written. */
    public static final String NAME = AtomicFiles.PASSING + "lock";

    private static final int TRIES = 100;
    private static final Set<Path> ROOTS = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final boolean made;
    private final LockFile lock;

    private FolderLock(Path root, boolean made, LockFile lock) {
        this.root = root;
        this.made = made;
        this.lock = lock;
    }

    /**
     * Locks a folder, creating it if necessary, and deletes leftovers of killed writers. A folder created here is
     * deleted again if nothing is put into it.
     *
     * @throws ClapException if another process or thread is writing it, or it cannot be written
     */
    public static FolderLock take(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            boolean made = !isFolder(root);
            Optional<LockFile> lock = lock(root, made);
            if (lock.isEmpty()) {
                String holder = LockFile.holder(root.resolve(NAME));
                throw new ClapException(folder + " is being written by another run"
                        + (holder.isEmpty() ? "" : " (" + holder + ")")
                        + "; wait until that has ended, or choose another folder");
            }
            return new FolderLock(root, made, lock.get()).begun();
        } catch (FileAlreadyExistsException e) {
            String file = root.toString().equals(e.getFile()) ? "it" : e.getFile();
            throw new ClapException("Cannot write the folder " + folder + ": " + file + " is a file", e);
        } catch (IOException e) {
            throw new ClapException("Cannot write the folder " + folder + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Returns whether the folder exists.
     *
     * @throws FileAlreadyExistsException if it is a file
     */
    private static boolean isFolder(Path root) throws IOException {
        try {
            if (Files.readAttributes(root, BasicFileAttributes.class).isDirectory()) {
                return true;
            }
            throw new FileAlreadyExistsException(root.toString());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private FolderLock begun() throws IOException {
        ROOTS.add(root);
        try {
            WrittenFolders.begin(root);
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Locks the folder; if that fails, a folder that was created for the lock is deleted again. */
    private static Optional<LockFile> lock(Path root, boolean made) throws IOException {
        try {
            return lock(root);
        } catch (IOException e) {
            if (made && Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                deleteIfEmpty(root);
            }
            throw e;
        }
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Another process has put something into it.
        }
    }

    private static Optional<LockFile> lock(Path root) throws IOException {
        for (int i = 1; ; i++) {
            try {
                // Some versions of Java report a link to a folder as a file in the way.
                if (!isFolder(root)) {
                    Files.createDirectories(root);
                }
                return LockFile.take(root.resolve(NAME));
            } catch (NoSuchFileException e) {
                // The process that created the folder has just deleted it as empty.
                if (i == TRIES) {
                    throw e;
                }
            } catch (FileAlreadyExistsException e) {
                if (i == TRIES) {
                    throw e;
                }
                // The same, before Java could look at what was in the way. If it is a file, this fails.
                isFolder(Path.of(e.getFile()));
            }
        }
    }

    /**
     * Runs a task while holding a folder, see {@link #take}.
     *
     * @throws ClapException if another process or thread is writing the folder, or it cannot be written
     */
    public static void holding(Path folder, Runnable work) {
        FolderLock lock = take(folder);
        try {
            work.run();
        } finally {
            lock.close();
        }
    }

    /** Returns the outermost folder being written that contains another, if any. */
    static Optional<Path> rootOf(Path folder) {
        Optional<Path> root = Optional.empty();
        for (Path above = folder; above != null; above = above.getParent()) {
            if (ROOTS.contains(above)) {
                root = Optional.of(above);
            }
        }
        return root;
    }

    @Override
    public void close() {
        ROOTS.remove(root);
        try {
            lock.close();
            if (made) {
                Files.deleteIfExists(root);
            }
        } catch (DirectoryNotEmptyException e) {
            // The folder is no longer empty, so it stays.
        } catch (IOException e) {
            throw new ClapException("Cannot write the folder " + root + ": " + IoReasons.of(e), e);
        }
    }
}
