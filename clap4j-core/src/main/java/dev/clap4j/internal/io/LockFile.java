package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock between processes and threads: whoever has the file locked holds it. The operating system releases the lock
 * when the process ends, however it ends, so a file left behind blocks no one. On file systems without locks, only
 * threads of the same process exclude each other.
 */
final class LockFile implements AutoCloseable {
    private static final int TRIES = 100;
    private static final long WAIT_MILLIS = 100;
    private static final int MOST_BYTES = 200;

    /** The locked byte, which is never written: where locked bytes cannot be read, the text still can. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** Locks held by threads of this process; the system's locks belong to the whole process. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final Optional<Identity> identity;

    private LockFile(Path file, FileChannel channel, Optional<Identity> identity) {
        this.file = file;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * The identity of a file, as opposed to an earlier one of the same name. It is determined without opening the file,
     * since closing it again would release the lock.
     *
     * @param made the creation time
     * @param key the file system's identifier, device and inode; null if it has none
     */
    private record Identity(FileTime made, Object key) {
        boolean hasKey() {
            return key != null;
        }
    }

    /**
     * Tries to take the lock.
     *
     * @param file a file in an existing folder
     * @return empty if it is held by another
     * @throws IOException if the file cannot be written, is a link, or is not a regular file
     */
    static Optional<LockFile> take(Path file) throws IOException {
        Path real = real(file);
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        Optional<LockFile> taken = Optional.empty();
        try {
            taken = lock(real);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(real);
            }
        }
    }

    /**
     * Takes a lock that is only ever held briefly, waiting for it if necessary.
     *
     * @throws IOException as {@link #take}, or if it is still held after ten seconds
     */
    static LockFile await(Path file) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Optional<LockFile> taken = take(file);
            if (taken.isPresent()) {
                return taken.get();
            }
            try {
                Thread.sleep(WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        throw new IOException("another process is writing it");
    }

    private static Optional<LockFile> lock(Path file) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            make(file);
            Optional<Identity> before = identity(file);
            FileChannel channel;
            try {
                channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                continue;
            }
            if (!locks(channel)) {
                channel.close();
                return Optional.empty();
            }
            // The previous holder deletes the file, so the name may by now belong to a different one.
            if (before.equals(identity(file))) {
                return Optional.of(new LockFile(file, channel, before).withName());
            }
            channel.close();
        }
        throw new IOException(file + " is replaced again and again");
    }

    /** Writes the holder's name into the file; if that fails, for instance on a full disk, releases the lock. */
    private LockFile withName() throws IOException {
        try {
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ownName() + "\n"));
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static void make(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + " is not a regular file; delete it", e);
            }
        }
    }

    private static Optional<Identity> identity(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new Identity(attributes.creationTime(), attributes.fileKey()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean locks(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns the holder of a lock, as in {@code process 4711}; empty if unknown. */
    static String holder(Path file) {
        try {
            if (HELD.contains(real(file))) {
                return ownName();
            }
            return InputFiles.readText(file, MOST_BYTES).lines().findFirst().orElse("");
        } catch (IOException | ClapException e) {
            return "";
        }
    }

    private static String ownName() {
        return "process " + ProcessHandle.current().pid();
    }

    private static Path real(Path file) throws IOException {
        return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    }

    /** Releases the lock, and deletes the file if a new one of that name could be told from it. */
    @Override
    public void close() throws IOException {
        try {
            if (identity.map(Identity::hasKey).orElse(false) && identity.equals(identity(file))) {
                Files.deleteIfExists(file);
            }
        } finally {
            channel.close();
            HELD.remove(file);
        }
    }
}
