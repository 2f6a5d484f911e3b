package dev.clap4j.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;

/** The first frame of a GIF file, on the screen that the file describes. */
final class GifDecoder {
    private GifDecoder() {}

    /** Pixels in a row and rows of the screen that a file describes. */
    static int[] screen(byte[] file) {
        return file.length < 10
                ? new int[2]
                : new int[] {(file[6] & 0xFF) | (file[7] & 0xFF) << 8, (file[8] & 0xFF) | (file[9] & 0xFF) << 8};
    }

    static Bitmap decode(ImageReader reader, byte[] file) throws IOException {
        BufferedImage frame = reader.read(0);
        IndexColorModel colours = (IndexColorModel) frame.getColorModel();
        byte[] indices = Rasters.bytes(frame.getRaster(), 1);
        byte[] palette = BufferedBitmaps.palette(colours);
        PixelMode mode = BufferedBitmaps.isRamp(palette) ? PixelMode.L : PixelMode.P;
        Bitmap bitmap =
                new Bitmap(mode, frame.getWidth(), frame.getHeight(), indices, mode == PixelMode.P ? palette : null);
        IIOMetadataNode root = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
        IIOMetadataNode place =
                (IIOMetadataNode) root.getElementsByTagName("ImageDescriptor").item(0);
        int left = Integer.parseInt(place.getAttribute("imageLeftPosition"));
        int top = Integer.parseInt(place.getAttribute("imageTopPosition"));
        return onScreen(bitmap, left, top, screen(file), Math.max(0, colours.getTransparentPixel()));
    }

    private static Bitmap onScreen(Bitmap frame, int left, int top, int[] screen, int background) {
        int width = Math.max(screen[0], left + frame.width());
        int height = Math.max(screen[1], top + frame.height());
        if (width == frame.width() && height == frame.height()) {
            return frame;
        }
        byte[] samples = new byte[Math.multiplyExact(width, height)];
        Arrays.fill(samples, (byte) background);
        for (int y = 0; y < frame.height(); y++) {
            System.arraycopy(frame.samples(), y * frame.width(), samples, (top + y) * width + left, frame.width());
        }
        return frame.with(width, height, samples);
    }
}
