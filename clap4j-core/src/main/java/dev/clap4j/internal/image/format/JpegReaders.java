package dev.clap4j.internal.image.format;

import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The JPEG readers on the class path. */
final class JpegReaders {
    private JpegReaders() {}

    /** Creates one of the JDK's readers. */
    static ImageReader jdk() throws IOException {
        return spis().filter(JpegReaders::isJdk)
                .findFirst()
                .orElseThrow(() -> new IOException("the JDK has no reader for JPEG"))
                .createReaderInstance();
    }

    /** Creates a third-party reader if there is one on the class path, else the JDK's. */
    static ImageReader preferred() throws IOException {
        return spis().filter(spi -> !isJdk(spi))
                .findFirst()
                .orElseGet(() -> spis().findFirst().orElseThrow())
                .createReaderInstance();
    }

    private static boolean isJdk(ImageReaderSpi spi) {
        return spi.getClass().getName().startsWith("com.sun.");
    }

    private static Stream<ImageReaderSpi> spis() {
        Iterator<ImageReaderSpi> all = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        Iterable<ImageReaderSpi> iterable = () -> all;
        return StreamSupport.stream(iterable.spliterator(), false)
                .filter(spi -> Stream.of(spi.getFormatNames()).anyMatch("JPEG"::equalsIgnoreCase));
    }
}
