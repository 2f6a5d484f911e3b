package dev.clap4j.image;

import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The image readers on the class path. */
final class Readers {
    static {
        // Files are read from memory; nothing of them is to be written to a cache on the disk.
        ImageIO.setUseCache(false);
    }

    private Readers() {}

    /** A new reader of the JDK's own. */
    static ImageReader jdk(ImageFormat format) throws IOException {
        return spis(format)
                .filter(spi -> spi.getClass().getName().startsWith("com.sun."))
                .findFirst()
                .orElseThrow(() -> new IOException("the JDK has no reader for " + format))
                .createReaderInstance();
    }

    /** A new reader by somebody else if there is one, for which one takes the trouble to add it; else the JDK's. */
    static ImageReader preferred(ImageFormat format) throws IOException {
        return spis(format)
                .filter(spi -> !spi.getClass().getName().startsWith("com.sun."))
                .findFirst()
                .or(() -> spis(format).findFirst())
                .orElseThrow(() -> new IOException("there is no reader for " + format))
                .createReaderInstance();
    }

    private static Stream<ImageReaderSpi> spis(ImageFormat format) {
        Iterator<ImageReaderSpi> all = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        Iterable<ImageReaderSpi> iterable = () -> all;
        return StreamSupport.stream(iterable.spliterator(), false)
                .filter(spi -> Stream.of(spi.getFormatNames()).anyMatch(format.name()::equalsIgnoreCase));
    }
}
