package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Ranges of a file as memory. A file of up to 2 GiB is mapped once and sliced; in a larger one, each range is mapped by
 * itself. Memory stays mapped as long as a slice is referenced.
 */
final class MappedFile {
    private final Path path;
    private final long size;
    private final FileStamp opened;
    private MappedByteBuffer whole;

    /**
     * Creates a view of a file.
     *
     * @param size its size in bytes when the ranges were checked
     */
    MappedFile(Path path, long size) {
        this.path = path;
        this.size = size;
        this.opened = stamp();
    }

    private FileStamp stamp() {
        try {
            return FileStamp.of(path);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Returns the bytes from {@code begin}, little-endian; the caller has checked that the range lies within the file.
     */
    synchronized ByteBuffer slice(long begin, long bytes) {
        if (bytes == 0) {
            return TensorData.allocate(0);
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new ClapException("Cannot read " + path + ": a tensor of " + bytes
                    + " bytes is more than the 2 GiB that can be mapped at once");
        }
        if (size > Integer.MAX_VALUE) {
            return map(begin, bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        if (whole == null) {
            whole = map(0, size);
        }
        return whole.slice((int) begin, (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private MappedByteBuffer map(long begin, long bytes) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            // Mapping beyond the end would succeed, and reading there would crash the process.
            if (channel.size() < size) {
                throw new ClapException("Cannot read " + path + ": it has shrunk from " + size + " to " + channel.size()
                        + " bytes since it was opened");
            }
            FileStamp now = stamp();
            if (!now.key().equals(opened.key()) || !now.modified().equals(opened.modified())) {
                throw new ClapException("Cannot read " + path + ": it has changed since it was opened");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, begin, bytes);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + IoReasons.of(e), e);
        }
    }
}
