package dev.clap4j.internal.dataset;

import java.util.Iterator;

/** A pass over images. For a single thread. */
public interface ImageCursor extends Iterator<SourceImage>, AutoCloseable {
    /** Returns a pass over images that are all known. */
    static ImageCursor of(Iterator<SourceImage> images) {
        return new ImageCursor() {
            @Override
            public boolean hasNext() {
                return images.hasNext();
            }

            @Override
            public SourceImage next() {
                return images.next();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    void close();
}
