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

/** Folders into which nobody but this process's user can put anything, for files whose content is run. */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private PrivateFolder() {}

    /**
     * Makes a folder, or takes one that is there: where others could write it, from now on they cannot.
     *
     * <p>Only rights as POSIX has them are looked at; where there are none, in particular on Windows, users' folders are
     * their own by inheritance.
     *
     * @return the folder
     * @throws ClapException if it cannot be made, is a link or a file, or belongs to somebody else
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
