package dev.clap4j.internal.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.io.IoReasons;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Function;

/** An encoded image, wherever it is. */
public sealed interface ImageContent {
    /**
     * Decodes the image, and processes the bitmap while its memory is reserved.
     *
     * @throws ClapException if it cannot be read or decoded
     */
    <T> T decode(DecodeOptions options, Function<Bitmap, T> use);

    /**
     * Returns the digest of the encoded image, 32 hexadecimal digits, the same wherever the image is.
     *
     * @throws ClapException if it cannot be read
     */
    String digest();

    /**
     * An image file.
     *
     * @param where follows messages, such as the line that names the file; may be empty
     */
    record InFile(Path file, String where) implements ImageContent {
        @Override
        public <T> T decode(DecodeOptions options, Function<Bitmap, T> use) {
            try {
                return ImageDecoder.decode(file, options, use);
            } catch (ClapException e) {
                throw where.isEmpty() ? e : new ClapException(e.getMessage() + " (" + where + ")", e);
            }
        }

        @Override
        public String digest() {
            return FileDigests.ofUser().of(file);
        }
    }

    /**
     * A part of a file, which is read whenever it is needed.
     *
     * @param name for messages
     */
    record Slice(Path file, long offset, long size, String name) implements ImageContent {
        @Override
        public <T> T decode(DecodeOptions options, Function<Bitmap, T> use) {
            return ImageDecoder.decode(read(), name, options, use);
        }

        @Override
        public String digest() {
            return Digests.of(read());
        }

        /** Returns the bytes. */
        public byte[] read() {
            if (size > ImageDecoder.MAX_FILE_BYTES) {
                throw new ClapException("Cannot read " + name + ": it has " + size + " bytes; the limit is "
                        + ImageDecoder.MAX_FILE_BYTES);
            }
            try (FileChannel channel = FileChannel.open(file)) {
                ByteBuffer bytes = ByteBuffer.allocate((int) size);
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, offset + bytes.position()) < 0) {
                        throw new EOFException("the file ends before it does");
                    }
                }
                return bytes.array();
            } catch (IOException e) {
                throw new ClapException("Cannot read " + name + ": " + IoReasons.of(e), e);
            } catch (OutOfMemoryError e) {
                throw new ClapException("Cannot read " + name + ": there is not enough memory", e);
            }
        }
    }

    /**
     * Bytes in memory.
     *
     * @param bytes not copied
     * @param name for messages
     */
    record InMemory(byte[] bytes, String name) implements ImageContent {
        @Override
        public <T> T decode(DecodeOptions options, Function<Bitmap, T> use) {
            return ImageDecoder.decode(bytes, name, options, use);
        }

        @Override
        public String digest() {
            return Digests.of(bytes);
        }
    }

    /**
     * An image that is not there, though the source names it.
     *
     * @param reason a sentence that names the image
     */
    record Missing(String reason) implements ImageContent {
        @Override
        public <T> T decode(DecodeOptions options, Function<Bitmap, T> use) {
            throw new ClapException(reason);
        }

        @Override
        public String digest() {
            throw new ClapException(reason);
        }
    }
}
