package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Folders that only the current user can write to, for files that will be executed. */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private PrivateFolder() {}

    /**
     * Creates a folder, or takes an existing one and removes the write permission of others.
     *
     * <p>Only POSIX permissions are considered; without them, in particular on Windows, a user's folders are private by
     * inheritance.
     *
     * @return the folder
     * @throws ClapException if it cannot be created, is a link or a file, or belongs to another user
     */
    public static Path open(Path folder) {
        Path absolute = folder.toAbsolutePath();
        try {
            Files.createDirectories(absolute.getParent());
            make(absolute);
            if (!Files.isDirectory(absolute, LinkOption.NOFOLLOW_LINKS)) {
                throw new ClapException(folder + " should be a folder, but is a link or a file");
            }
            PosixFileAttributeView view = view(absolute);
            if (view != null) {
                requireOwn(folder, view);
            }
        } catch (IOException e) {
            throw new ClapException("Cannot use the folder " + folder + ": " + IoReasons.of(e), e);
        }
        return absolute;
    }

    private static void make(Path folder) throws IOException {
        try {
            if (view(folder.getParent()) == null) {
                Files.createDirectory(folder);
            } else {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWN));
            }
        } catch (FileAlreadyExistsException e) {
            return;
        }
    }

    private static PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void requireOwn(Path folder, PosixFileAttributeView view) throws IOException {
        PosixFileAttributes found = view.readAttributes();
        Optional<String> user = ProcessHandle.current().info().user();
        String owner = found.owner().getName();
        if (user.isPresent() && !user.get().equals(owner)) {
            throw new ClapException("The folder " + folder + " belongs to " + owner + ", not to " + user.get());
        }
        if (found.permissions().stream().anyMatch(OTHERS_WRITE::contains)) {
            view.setPermissions(OWN);
        }
    }
}
