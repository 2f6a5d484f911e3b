package dev.clap4j.iconworld.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.PngEncoder;
import dev.clap4j.internal.io.AtomicFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes many small pictures: each is visible completely or not at all, but is not forced to disk, which would take
 * longer than drawing it.
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
        AtomicFiles.writeUnforced(file, PngEncoder.encode(PictureBitmap.of(planar, side)));
    }

    /** Writes an image, see {@link #write(byte[], int, Path)}. */
    public static void write(BufferedImage image, Path file) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new ClapException("Cannot write " + file + ": " + e, e);
        }
        AtomicFiles.writeUnforced(file, png.toByteArray());
    }
}
