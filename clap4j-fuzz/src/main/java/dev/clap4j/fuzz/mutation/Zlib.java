package dev.clap4j.fuzz.mutation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** Mutations of the content of compressed data. */
final class Zlib implements Mutation {
    private static final int BOMB = 64 << 20;
    private static final int CHUNK = 1 << 16;

    private final boolean gzip;
    private final Mutation inside;

    private Zlib(boolean gzip, Mutation inside) {
        this.gzip = gzip;
        this.inside = inside;
    }

    static Zlib gzip(Mutation inside) {
        return new Zlib(true, inside);
    }

    static Zlib deflate(Mutation inside) {
        return new Zlib(false, inside);
    }

    @Override
    public byte[] apply(byte[] content, Chance chance) {
        try {
            return chance.oneIn(400) ? bomb(content) : compress(inside.apply(inflate(content), chance));
        } catch (IOException e) {
            return Mutations.BYTES.apply(content, chance);
        }
    }

    private byte[] inflate(byte[] content) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(content);
        try (InputStream inflated = gzip ? new GZIPInputStream(in) : new InflaterInputStream(in)) {
            return inflated.readNBytes(MAX_BYTES);
        }
    }

    private byte[] compress(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflated = deflated(out)) {
            deflated.write(content);
        }
        return out.toByteArray();
    }

    /** Appends millions of zeros to the content. */
    private byte[] bomb(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflated = deflated(out)) {
            deflated.write(inflate(content));
            for (int i = 0; i < BOMB; i += CHUNK) {
                deflated.write(new byte[CHUNK]);
            }
        }
        return out.toByteArray();
    }

    private OutputStream deflated(OutputStream out) throws IOException {
        return gzip ? new GZIPOutputStream(out) : new DeflaterOutputStream(out);
    }
}
