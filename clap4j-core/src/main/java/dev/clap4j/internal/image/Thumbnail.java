package dev.clap4j.internal.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Small copies of pictures. */
public final class Thumbnail {
    private Thumbnail() {}

    /** Returns a picture on white as a JPEG file, scaled to fit into a square of {@code side} pixels if it is larger. */
    public static byte[] jpeg(Bitmap decoded, int side) {
        Bitmap bitmap = hasOpacity(decoded) ? decoded : decoded.toRgb();
        double scale = Math.min(1, (double) side / Math.max(bitmap.width(), bitmap.height()));
        int width = Math.max(1, (int) Math.round(scale * bitmap.width()));
        int height = Math.max(1, (int) Math.round(scale * bitmap.height()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(
                    onWhite(PillowResize.resize(bitmap, width, height, Resampling.BICUBIC))
                            .toImage(),
                    "jpeg",
                    out);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory is writable", e);
        }
        return out.toByteArray();
    }

    /** Flattens a picture onto white. */
    public static Bitmap onWhite(Bitmap image) {
        Bitmap rgb = image.toRgb();
        if (!hasOpacity(image)) {
            return rgb;
        }
        int bands = image.mode().bytes();
        byte[] samples = rgb.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            int opacity = image.samples()[i / 3 * bands + bands - 1] & 0xFF;
            samples[i] = (byte) (((samples[i] & 0xFF) * opacity + 255 * (255 - opacity)) / 255);
        }
        return Bitmap.of(PixelMode.RGB, image.width(), image.height(), samples);
    }

    private static boolean hasOpacity(Bitmap image) {
        return image.mode() == PixelMode.RGBA || image.mode() == PixelMode.LA;
    }
}
