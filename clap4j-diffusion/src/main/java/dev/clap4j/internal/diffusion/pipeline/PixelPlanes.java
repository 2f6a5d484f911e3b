package dev.clap4j.internal.diffusion.pipeline;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.io.TensorData;

/**
 * Red, green and blue of a picture as the autoencoder has them.
 *
 * @param values {@code [3, height, width]}, -1 for none to 1 for full
 */
public record PixelPlanes(int height, int width, float[] values) {
    private static final int COLOURS = 3;
    private static final float FULL = 255;

    static PixelPlanes of(TensorData pixels) {
        long[] shape = pixels.shape();
        return new PixelPlanes((int) shape[2], (int) shape[3], pixels.toFloats());
    }

    /** Returns the pixels of a picture of mode RGB. */
    public static PixelPlanes of(Bitmap rgb) {
        byte[] planes = rgb.planes();
        float[] values = new float[planes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * ((planes[i] & 0xFF) / FULL) - 1;
        }
        return new PixelPlanes(rgb.height(), rgb.width(), values);
    }

    TensorData tensor() {
        return TensorData.of("pixels", values, 1, COLOURS, height, width);
    }

    /** Returns the share of full light, 0 to 1, of a pixel's colour. */
    float light(int colour, int pixel) {
        float light = values[colour * height * width + pixel] / 2 + 0.5f;
        return Math.min(Math.max(light, 0), 1);
    }

    /** Rounds to 8 bits, halves to even numbers. */
    public Bitmap bitmap() {
        byte[] samples = new byte[values.length];
        int pixels = height * width;
        for (int i = 0; i < pixels; i++) {
            for (int c = 0; c < COLOURS; c++) {
                samples[i * COLOURS + c] = (byte) (int) Math.rint(light(c, i) * FULL);
            }
        }
        return Bitmap.of(PixelMode.RGB, width, height, samples);
    }
}
