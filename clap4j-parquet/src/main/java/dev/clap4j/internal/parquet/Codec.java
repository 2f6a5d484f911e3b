package dev.clap4j.internal.parquet;

import dev.clap4j.ClapException;
import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;

/** A compression of pages. */
@FunctionalInterface
interface Codec {
    /**
     * Unpacks bytes.
     *
     * @param size the number of bytes that they should give
     */
    byte[] unpack(byte[] packed, int size) throws IOException;

    /**
     * Returns a compression.
     *
     * @throws ClapException if it is not supported
     */
    static Codec of(CompressionCodec codec, String column) {
        return switch (codec) {
            case UNCOMPRESSED -> (packed, size) -> requireSize(packed, size);
            case GZIP -> Codec::gunzip;
            case SNAPPY -> of(new SnappyDecompressor());
            case ZSTD -> of(new ZstdDecompressor());
            case LZ4_RAW -> of(new Lz4Decompressor());
            default ->
                throw new ClapException("The column " + column + " is compressed with " + codec
                        + ", which is not supported; write it with SNAPPY, GZIP, ZSTD, LZ4_RAW or no compression");
        };
    }

    private static Codec of(Decompressor decompressor) {
        return (packed, size) -> {
            byte[] bytes = new byte[size];
            int got = decompressor.decompress(packed, 0, packed.length, bytes, 0, size);
            return requireSize(got == size ? bytes : Arrays.copyOf(bytes, got), size);
        };
    }

    private static byte[] gunzip(byte[] packed, int size) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = in.readNBytes(size);
            if (in.read() >= 0) {
                throw new IOException("a page has more bytes than it should");
            }
            return requireSize(bytes, size);
        }
    }

    private static byte[] requireSize(byte[] bytes, int size) throws IOException {
        if (bytes.length != size) {
            throw new IOException("a page has " + bytes.length + " bytes in place of " + size);
        }
        return bytes;
    }
}
