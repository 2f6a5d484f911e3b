package dev.clap4j.internal.server.index;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.image.Thumbnail;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Exchange;
import dev.clap4j.internal.server.http.Reply;
import dev.clap4j.search.IndexedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /v1/pictures/{id}}: small copies of pictures of the index, decoded and encoded again, so that nothing else of
 * a file gets out. Few are made at a time, and those made last are kept. Thread-safe.
 */
public final class Thumbnails {
    private static final int SIDE = 224;
    private static final long KEPT_BYTES = 32L << 20;
    private static final String TYPE = "image/jpeg";

    private final ServedIndexes indexes;
    private final DecodeOptions decoding;
    private final Semaphore makers =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));
    private final Map<String, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * Creates the handler.
     *
     * @param mostPixels the number of pixels above which a picture is refused
     */
    public Thumbnails(ServedIndexes indexes, long mostPixels) {
        this.indexes = indexes;
        this.decoding = DecodeOptions.defaults().withMaxPixels(mostPixels);
    }

    /** Answers a request for the picture of an id. */
    public Reply answer(String id, Exchange exchange) {
        byte[] known = known(id);
        byte[] jpeg = known == null ? make(id, exchange) : known;
        return new Reply(200, TYPE, jpeg, Map.of("Cache-Control", "private, max-age=3600"));
    }

    private byte[] make(String id, Exchange exchange) {
        IndexedImage image = indexes.image(id).orElseThrow(ApiException::notFound);
        try {
            if (!makers.tryAcquire(exchange.call().nanosLeft(), TimeUnit.NANOSECONDS)) {
                throw ApiException.busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.closing();
        }
        try {
            requireUnchanged(image);
            byte[] jpeg = ImageDecoder.decode(image.path(), decoding, picture -> Thumbnail.jpeg(picture, SIDE));
            keep(id, jpeg);
            return jpeg;
        } catch (ClapException | IOException e) {
            // Gone, changed or damaged since it was indexed; the reason would tell its path.
            throw ApiException.notFound();
        } finally {
            makers.release();
        }
    }

    private static void requireUnchanged(IndexedImage image) throws IOException {
        BasicFileAttributes now = Files.readAttributes(image.path(), BasicFileAttributes.class);
        if (!now.isRegularFile()
                || now.size() != image.size()
                || now.lastModifiedTime().toMillis() != image.modified().toEpochMilli()) {
            throw new IOException("the file changed");
        }
    }

    private synchronized byte[] known(String id) {
        return kept.get(id);
    }

    private synchronized void keep(String id, byte[] jpeg) {
        byte[] before = kept.put(id, jpeg);
        bytes += jpeg.length - (before == null ? 0 : before.length);
        for (var oldest = kept.entrySet().iterator(); bytes > KEPT_BYTES && oldest.hasNext(); ) {
            bytes -= oldest.next().getValue().length;
            oldest.remove();
        }
    }
}
