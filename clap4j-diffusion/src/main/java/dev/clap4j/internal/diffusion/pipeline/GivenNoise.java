package dev.clap4j.internal.diffusion.pipeline;

import dev.clap4j.ClapException;
import dev.clap4j.internal.diffusion.scheduler.Noise;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.NpyFile;
import dev.clap4j.internal.io.TensorData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Noise from a NumPy file that pictures begin with instead of that of their seeds: standard normal numbers, which the
 * scheduler scales, as diffusers takes them by the name of {@code latents}.
 *
 * @param rows {@code [pictures, channels, height, width]}, for each picture of a prompt in turn
 */
public record GivenNoise(Path file, TensorData rows) {
    private static final int RANK = 4;

    /**
     * Reads the noise of pictures of some settings.
     *
     * @param shape the extents of a picture's latents
     * @throws ClapException if the file cannot be read, or has not finite floating-point numbers of that shape
     */
    static GivenNoise read(Path file, LatentShape shape, DrawingSettings settings) {
        TensorData read = NpyFile.read(file, file.toString());
        if (!read.type().isFloat()) {
            throw new ClapException(file + " holds numbers of type " + read.type()
                    + ", but latents are floating-point numbers: float16, float32 or float64");
        }
        GivenNoise noise = new GivenNoise(file, withRows(file, read, shape, settings));
        noise.requireFinite();
        return noise;
    }

    private static TensorData withRows(Path file, TensorData read, LatentShape shape, DrawingSettings settings) {
        long[] found = read.shape();
        long[] rows = new long[RANK];
        rows[0] = 1;
        boolean one = found.length == RANK - 1;
        if ((!one && found.length != RANK) || found[0] == 0) {
            throw new ClapException(file + " has an array of shape " + shown(found) + ", but latents of "
                    + settings.width() + "×" + settings.height() + " pixels have the shape " + shown(shape.extents())
                    + ", or [n, …] for n pictures of a prompt");
        }
        System.arraycopy(found, 0, rows, one ? 1 : 0, found.length);
        if (rows[1] != shape.channels()) {
            throw new ClapException(file + " has latents of " + rows[1] + " channels (shape " + shown(found)
                    + "), but the model's have " + shape.channels());
        }
        if (rows[2] != shape.height() || rows[3] != shape.width()) {
            long factor = settings.height() / shape.height();
            throw new ClapException(file + " has latents of shape " + shown(found) + ", for pictures of "
                    + rows[3] * factor + "×" + rows[2] * factor + " pixels, but the size is " + settings.width() + "×"
                    + settings.height() + "; choose the size " + rows[3] * factor + "x" + rows[2] * factor
                    + ", or other latents");
        }
        return read.reshape(rows);
    }

    private static String shown(long... shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private void requireFinite() {
        for (int row = 0; row < pictures(); row++) {
            float[] values = row(row);
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new ClapException(file + ": latents should be finite numbers, but value " + i + " of picture "
                            + row + " is " + values[i]);
                }
            }
        }
    }

    private float[] row(int picture) {
        return rows.rows(picture, 1).toFloats();
    }

    /** Returns the number of pictures of a prompt. */
    public int pictures() {
        return Math.toIntExact(rows.shape()[0]);
    }

    /** Returns a digest of the numbers and their shape, 32 hexadecimal digits. */
    public String digest() {
        MessageDigest digest = Digests.sha256();
        digest.update((rows.type() + shown(rows.shape())).getBytes(StandardCharsets.UTF_8));
        digest.update(rows.bytes());
        return Digests.finish(digest);
    }

    /**
     * Returns the noise of a picture.
     *
     * @param picture its number among those of its prompt, from 0
     * @param others the noise that the scheduler draws after the first
     * @throws ClapException if there are fewer pictures
     */
    public Noise of(int picture, Noise others) {
        if (picture >= pictures()) {
            throw new ClapException(file + " has latents of " + pictures()
                    + " pictures of a prompt, counted from 0; there is no picture " + picture);
        }
        boolean[] begun = {false};
        return () -> {
            if (begun[0]) {
                return others.next();
            }
            begun[0] = true;
            return row(picture);
        };
    }
}
