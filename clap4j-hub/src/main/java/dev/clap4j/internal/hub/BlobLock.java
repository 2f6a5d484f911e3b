package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock of a blob while it is downloaded. The system releases it when its process ends, however it ends; the empty file stays, as
 * other clients expect. On file systems without locks, only threads of the same process exclude each other.
 */
final class BlobLock implements AutoCloseable {
    private static final long WAIT_MILLIS = 100;

    /** Locks held by threads of this process; the system's locks belong to the whole process. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private BlobLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock, waiting for whoever holds it.
     *
     * @param name the name of the blob, for messages
     * @throws ClapException if the lock cannot be made
     * @throws StoppedException if the work is to stop meanwhile
     */
    static BlobLock take(Path lock, String name, Progress progress) {
        Path file = lock.toAbsolutePath().normalize();
        while (!HELD.add(file)) {
            await(name, progress);
        }
        try {
            BlobLock taken = new BlobLock(file, open(file));
            try {
                while (!taken.locks()) {
                    await(name, progress);
                }
                return taken;
            } catch (RuntimeException e) {
                taken.close();
                throw e;
            }
        } catch (IOException e) {
            HELD.remove(file);
            throw new ClapException("Cannot lock " + file + ": " + IoReasons.of(e), e);
        }
    }

    private static void await(String name, Progress progress) {
        progress.note("another process is downloading " + name);
        if (progress.stopRequested()) {
            throw new StoppedException(name, 0, 1);
        }
        try {
            Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClapException("The download of " + name + " was interrupted", e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try {
            Files.createFile(file);
            shareWithGroup(file);
        } catch (FileAlreadyExistsException e) {
            // Left by an earlier download.
        }
        return FileChannel.open(file, StandardOpenOption.WRITE);
    }

    /** Lets the group of a shared cache take the lock too, as other clients do. */
    private static void shareWithGroup(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        } catch (IOException | UnsupportedOperationException e) {
            // Not a file system with such rights.
        }
    }

    private boolean locks() {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ClapException("Cannot unlock " + file + ": " + IoReasons.of(e), e);
        } finally {
            HELD.remove(file);
        }
    }
}
