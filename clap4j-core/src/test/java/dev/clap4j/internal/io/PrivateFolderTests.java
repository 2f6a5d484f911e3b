package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTests {
    @TempDir
    private Path folder;

    @BeforeEach
    void onlyWhereThereAreSuchRights() {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aNewOneIsTheUsersAlone() throws IOException {
        Path made = PrivateFolder.open(folder.resolve("a/b"));
        assertThat(rights(made)).isEqualTo("rwx------");
        assertThat(PrivateFolder.open(folder.resolve("a/b"))).isEqualTo(made);
    }

    @Test
    void othersLoseTheRightToWrite() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        PrivateFolder.open(open);
        assertThat(rights(open)).isEqualTo("rwx------");
        Path readable = Files.createDirectory(folder.resolve("readable"));
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));
        PrivateFolder.open(readable);
        assertThat(rights(readable)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
        assertThatThrownBy(() -> PrivateFolder.open(link))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("is a link or a file");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> PrivateFolder.open(file)).isInstanceOf(ClapException.class);
        assertThatThrownBy(() -> PrivateFolder.open(file.resolve("below"))).isInstanceOf(ClapException.class);
    }

    /** Only an administrator can give folders away. */
    @Test
    void othersFoldersAreLeftAlone() throws IOException {
        Path given = Files.createDirectory(folder.resolve("given"));
        try {
            UserPrincipal nobody =
                    given.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(given, nobody);
        } catch (IOException e) {
            assumeTrue(false, "cannot give a folder away");
        }
        assertThatThrownBy(() -> PrivateFolder.open(given))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("belongs to nobody, not to ");
    }
}
