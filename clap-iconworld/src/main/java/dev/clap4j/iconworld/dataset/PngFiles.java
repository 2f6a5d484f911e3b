package dev.clap4j.iconworld.dataset;

import dev.clap4j.ClapException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;

/**
 * Many small pictures: each is there whole or not at all for whoever looks, but is not forced onto the disk, which would
 * take longer than drawing it.
 */
public final class PngFiles {
    private static final AtomicLong WRITTEN = new AtomicLong();

    private PngFiles() {}

    /**
     * Writes a picture.
     *
     * @param planar bytes {@code [3, side, side]}
     * @throws ClapException if it cannot be written
     */
    public static void write(byte[] planar, int side, Path file) {
        write(PngEncoder.encode(planar, side), file);
    }

    /** Writes an image; see {@link #write(byte[], int, Path)}. */
    public static void write(BufferedImage image, Path file) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new ClapException("Cannot write " + file + ": " + e, e);
        }
        write(png.toByteArray(), file);
    }

    private static void write(byte[] png, Path file) {
        // Another process may write the same picture at the same time.
        Path temporary = file.resolveSibling("." + file.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + WRITTEN.incrementAndGet() + ".tmp");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(temporary, png);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ClapException("Cannot write " + file + ": " + e, e);
        }
    }
}
