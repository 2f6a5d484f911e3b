package dev.clap4j.internal.image.format;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes JPEG files to bitmaps of mode L, RGB or CMYK.
 *
 * <p>Samples are taken as stored and converted here, so that colours do not depend on how a reader treats embedded
 * profiles. A truncated file is decoded as far as possible, with a warning.
 */
public final class JpegDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(JpegDecoder.class);

    private static final int MAX_SPARE_ROWS = 4096;

    private JpegDecoder() {}

    static Bitmap decode(byte[] file, String name, JpegHeader header) throws IOException {
        Raster raster = read(file, name);
        byte[] samples = samples(raster, header.components());
        return switch (header.components()) {
            case 1 -> Bitmap.of(PixelMode.L, raster.getWidth(), raster.getHeight(), samples);
            case 3 -> {
                if (header.luminance()) {
                    YCbCr.toRgb(samples, 3);
                }
                yield Bitmap.of(PixelMode.RGB, raster.getWidth(), raster.getHeight(), samples);
            }
            default -> {
                toInks(samples, header.luminance());
                yield Bitmap.of(PixelMode.CMYK, raster.getWidth(), raster.getHeight(), samples);
            }
        };
    }

    /**
     * Decodes part of an image inside another file, as found in TIFF.
     *
     * @param file a whole JPEG file, including tables
     * @param width the required width in pixels
     * @param height the number of rows needed
     * @param components the required number of samples per pixel
     * @param luminance whether samples are YCbCr, to be converted
     * @return {@code [height, width, components]}; more rows may follow
     * @throws IOException if it is malformed or of another size
     */
    public static byte[] part(byte[] file, int width, int height, int components, boolean luminance)
            throws IOException {
        JpegFile part = JpegFile.read(file, "a part of a TIFF file");
        // The last strip may be coded with as many rows as the others.
        if (part.width() != width
                || part.height() < height
                || part.height() > Math.max(2L * height, height + MAX_SPARE_ROWS)
                || part.components() != components) {
            throw new IOException(
                    "a part of " + part.width() + "×" + part.height() + " pixels instead of " + width + "×" + height);
        }
        byte[] samples = samples(read(file, "a part of a TIFF file"), components);
        if (luminance) {
            YCbCr.toRgb(samples, 3);
        }
        return samples;
    }

    /** Converts to CMYK. Inks are stored inverted, a convention of Adobe's that Pillow assumes. */
    private static void toInks(byte[] samples, boolean luminance) {
        if (luminance) {
            // Inversion turns the three colours into cyan, magenta and yellow, and the convention reverts it.
            YCbCr.toRgb(samples, 4);
            for (int i = 3; i < samples.length; i += 4) {
                samples[i] = (byte) ~samples[i];
            }
            return;
        }
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) ~samples[i];
        }
    }

    /**
     * Decodes with the JDK's reader, which is fast but rejects files with unusual segments, or else with one that
     * repairs them.
     */
    private static Raster read(byte[] file, String name) throws IOException {
        try {
            return read(file, name, JpegReaders.jdk());
        } catch (IIOException | RuntimeException e) {
            try {
                return read(file, name, JpegReaders.preferred());
            } catch (IOException | RuntimeException second) {
                e.addSuppressed(second);
                throw e;
            }
        }
    }

    private static Raster read(byte[] file, String name, ImageReader reader) throws IOException {
        try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(file)) {
            Warnings warnings = new Warnings();
            reader.addIIOReadWarningListener(warnings);
            reader.setInput(stream, true, true);
            Raster raster = reader.readRaster(0, null);
            if (warnings.truncated) {
                LOG.warn("{} is truncated: its lower part is missing", name);
            }
            return raster;
        } finally {
            reader.dispose();
        }
    }

    private static final class Warnings implements IIOReadWarningListener {
        private boolean truncated;

        @Override
        public void warningOccurred(ImageReader source, String warning) {
            truncated |= warning.contains("Premature end");
        }
    }

    private static byte[] samples(Raster raster, int components) throws IOException {
        if (raster.getNumBands() != components) {
            throw new IIOException(raster.getNumBands() + " components instead of " + components);
        }
        int length = raster.getWidth() * components;
        if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte buffer
                && model.getScanlineStride() == length
                && buffer.getData().length == length * raster.getHeight()
                && isInOrder(model.getBandOffsets())) {
            return buffer.getData();
        }
        return Rasters.bytes(raster, components);
    }

    private static boolean isInOrder(int[] offsets) {
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] != i) {
                return false;
            }
        }
        return true;
    }
}
