package dev.clap4j.iconworld.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.iconworld.paint.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/**
 * Many small pictures: each is there whole or not at all for whoever looks, but is not forced onto the disk, which would
 * take longer than drawing it.
 */
public final class PngFiles {
    private PngFiles() {}

    /**
     * Writes a picture.
     *
     * @param planar bytes {@code [3, side, side]}
     * @throws ClapException if it cannot be written
     */
    public static void write(byte[] planar, int side, Path file) {
        write(Pictures.image(planar, side), file);
    }

    /** Writes an image; see {@link #write(byte[], int, Path)}. */
    public static void write(BufferedImage image, Path file) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
            Files.write(temporary, png.toByteArray());
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ClapException("Cannot write " + file + ": " + e, e);
        }
    }
}
