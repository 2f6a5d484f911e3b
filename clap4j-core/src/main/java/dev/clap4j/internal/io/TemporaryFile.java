package dev.clap4j.internal.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that is being written and does not have its final name yet. It is locked as long as its writer lives, so
 * leftovers of killed writers can be recognised and deleted, whichever process or machine wrote them.
 */
final class TemporaryFile implements AutoCloseable {
    private static final String SUFFIX = ".tmp";

    /** Identifies this process, since process ids are reused. */
    private static final String PROCESS = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    private static final AtomicLong WRITTEN = new AtomicLong();

    private final Path path;
    private final FileChannel channel;

    private TemporaryFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Creates a temporary file in a folder, open for writing, with the permissions of any other new file. */
    static TemporaryFile create(Path folder) throws IOException {
        while (true) {
            Path path = folder.resolve(AtomicFiles.PASSING + PROCESS + "-" + WRITTEN.incrementAndGet() + SUFFIX);
            FileChannel channel;
            try {
                channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            TemporaryFile file = new TemporaryFile(path, channel);
            // Another process may have just cleared the folder.
            if (lock(channel) && Files.exists(path)) {
                return file;
            }
            file.close();
        }
    }

    /** Locks a file; returns true on file systems without locks, too. */
    private static boolean lock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns the channel to write to. */
    FileChannel channel() {
        return channel;
    }

    /**
     * Gives the file its final name, in the same folder, replacing any file of that name. A link is replaced, not
     * followed.
     */
    void moveTo(Path target) throws IOException {
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Gives the file its name, in the same folder, if nothing has that name.
     *
     * @throws FileAlreadyExistsException if something has
     */
    void moveToFree(Path target) throws IOException {
        try {
            // A move would replace what another program puts there at the last moment.
            Files.createLink(target, path);
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (e instanceof FileAlreadyExistsException taken) {
                throw taken;
            }
            Files.move(path, target);
        }
    }

    /** Deletes the file, unless it has its final name. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }

    /** Deletes leftovers of killed writers in a folder, as far as possible. */
    static void clear(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, AtomicFiles.PASSING + "*" + SUFFIX)) {
            for (Path file : files) {
                boolean own = file.getFileName().toString().startsWith(AtomicFiles.PASSING + PROCESS);
                if (!own && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    deleteIfLeft(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Deleting can wait.
        }
    }

    private static void deleteIfLeft(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                Files.deleteIfExists(file);
            }
        } catch (OverlappingFileLockException e) {
            // Its writer is this process, through another class loader.
        }
    }
}
