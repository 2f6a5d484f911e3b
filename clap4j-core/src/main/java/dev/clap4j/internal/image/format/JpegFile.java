package dev.clap4j.internal.image.format;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.EncodedImage;
import java.io.IOException;

/** A JPEG file. */
public final class JpegFile implements EncodedImage {
    /** The number of scans above which a file must be cheap to decode; no encoder writes as many. */
    private static final int MANY_SCANS = 16;

    private static final long MANY_PIXELS = 500_000_000;

    private final byte[] file;
    private final String name;
    private final JpegHeader header;
    private final int scans;

    private JpegFile(byte[] file, String name, JpegHeader header, int scans) {
        this.file = file;
        this.name = name;
        this.header = header;
        this.scans = scans;
    }

    /**
     * Reads the header.
     *
     * @param name the file's name, for warnings
     * @throws IOException if there is no header, or the file is of an unsupported variety
     */
    public static JpegFile read(byte[] file, String name) throws IOException {
        JpegHeader header = JpegHeader.read(file);
        if (header == null) {
            throw new IOException("it ends before the header of the image");
        }
        if (header.precision() != 8) {
            throw new UnsupportedImageException("it is a JPEG file with " + header.precision()
                    + " bits per sample, only 8 are supported. Convert it first");
        }
        if (header.components() != 1 && header.components() != 3 && header.components() != 4) {
            throw new UnsupportedImageException("it is a JPEG file with " + header.components()
                    + " components; gray (1), colour (3) and CMYK (4) are supported");
        }
        int scans = JpegScans.count(file, header);
        if (scans > MANY_SCANS && (long) scans * header.width() * header.height() > MANY_PIXELS) {
            throw new IOException(
                    "it has " + scans + " scans of " + header.width() + "×" + header.height() + " pixels");
        }
        return new JpegFile(file, name, header, scans);
    }

    /** Returns the number of samples per pixel: 1, 3 or 4. */
    int components() {
        return header.components();
    }

    /** Returns the EXIF orientation, 1 to 8; 1 if there is none. */
    public int orientation() {
        return header.orientation();
    }

    @Override
    public int width() {
        return header.width();
    }

    @Override
    public int height() {
        return header.height();
    }

    /** With several scans, two bytes of each coefficient are kept until the last. */
    @Override
    public int bytesPerPixel() {
        return header.components() * (scans > 1 ? 3 : 1);
    }

    @Override
    public Bitmap decode() throws IOException {
        return JpegDecoder.decode(file, name, header);
    }
}
