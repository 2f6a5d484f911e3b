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
 * A lock among processes and threads: whoever has the file locked has it. The system lets go of the lock when the process
 * ends, however it ends; a file that was left behind locks nobody out. Where the file system knows no locks, only the threads
 * of one process are kept apart.
 */
final class LockFile implements AutoCloseable {
    private static final int TRIES = 100;
    private static final long WAIT_MILLIS = 100;
    private static final int MOST_BYTES = 200;

    /** A byte that nobody writes: where locked bytes cannot be read, the text still can. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** Those that threads of this process have; the system's locks are the whole process's. */
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
     * What tells a file from another that had its name before. Never found out by opening the file: closing it again would let
     * go of the lock.
     *
     * @param made when it was made
     * @param key what the file system calls it, its device and inode; null if it has no such name
     */
    private record Identity(FileTime made, Object key) {
        boolean hasKey() {
            return key != null;
        }
    }

    /**
     * Takes the lock.
     *
     * @param file in a folder that is there
     * @return nothing if somebody has it
     * @throws IOException if the file cannot be written, or is a link or no file
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
     * Takes a lock that nobody has for long.
     *
     * @throws IOException as {@link #take} does, or if somebody has it for ten seconds
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
            // Whoever had the lock before deletes the file: what was opened may not be what has the name now.
            if (before.equals(identity(file))) {
                return Optional.of(new LockFile(file, channel, before).withName());
            }
            channel.close();
        }
        throw new IOException(file + " is replaced again and again");
    }

    /** Says in the file whose it is; where there is no room even for that, the lock is let go of. */
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
                throw new IOException(file + " is no regular file; delete it", e);
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

    /** Who has a lock, in words: {@code process 4711}. Empty if that cannot be told. */
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

    /** Lets go of the lock, and deletes the file if another one of that name could be told from it. */
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
