package dev.clap4j.internal.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that is being written and has no name of its own yet. As long as its writer lives the file is locked, so what a
 * killed writer left behind can be told and deleted, whichever process or machine wrote it.
 */
final class TemporaryFile implements AutoCloseable {
    private static final String SUFFIX = ".tmp";

    /** This process among all that ever wrote here; process ids come again. */
    private static final String PROCESS = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    private static final AtomicLong WRITTEN = new AtomicLong();

    private final Path path;
    private final FileChannel channel;

    private TemporaryFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** A new file in a folder, open for writing, with the permissions of any other new file. */
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
            // Somebody who clears the folder may have come between.
            if (lock(channel) && Files.exists(path)) {
                return file;
            }
            file.close();
        }
    }

    /** Locks a file; where the file system knows no locks, that is as good. */
    private static boolean lock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return true;
        }
    }

    /** Where the content goes. */
    FileChannel channel() {
        return channel;
    }

    /** Gives the file its name, in the same folder; what had that name is replaced. A link is replaced, not followed. */
    void moveTo(Path target) throws IOException {
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes the file, unless it has its name. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }

    /** Deletes what killed writers left in a folder. What cannot be deleted stays. */
    static void clear(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, AtomicFiles.PASSING + "*" + SUFFIX)) {
            for (Path file : files) {
                boolean own = file.getFileName().toString().startsWith(AtomicFiles.PASSING + PROCESS);
                if (!own && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    deleteIfLeft(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Nobody needs the room at once.
        }
    }

    private static void deleteIfLeft(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                Files.deleteIfExists(file);
            }
        } catch (OverlappingFileLockException e) {
            // Its writer lives in this very process, loaded a second time.
        }
    }
}
