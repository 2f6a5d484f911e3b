package dev.clap4j.internal.image.webp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decodes VP8L, the lossless variant of WebP; pixels hold alpha, red, green and blue from the highest byte to the
 * lowest.
 */
final class Vp8lDecoder {
    private static final int SIGNATURE = 0x2F;
    private static final int MAX_CACHE_BITS = 11;
    private static final int HASH = 0x1E35A7BD;

    /** The neighbours addressed by short distances: the rows above, and 8 minus the columns to the right. */
    private static final int[] NEIGHBOURS = {
        0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37, 0x39, 0x15, 0x1b,
                0x36,
        0x3a, 0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b, 0x46, 0x4a, 0x24, 0x2c, 0x58, 0x45, 0x4b,
                0x34,
        0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56, 0x5a, 0x23, 0x2d, 0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02,
                0x67,
        0x69, 0x12, 0x1e, 0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e, 0x78, 0x01, 0x77,
                0x79,
        0x53, 0x5d, 0x11, 0x1f, 0x64, 0x6c, 0x42, 0x4e, 0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b, 0x31, 0x3f, 0x63, 0x6d,
                0x52,
        0x5e, 0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e, 0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72, 0x7e,
                0x61,
        0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70
    };

    private final BitReader in;

    private Vp8lDecoder(BitReader in) {
        this.in = in;
    }

    /**
     * The header of a stream.
     *
     * @param alpha whether opacity is used
     */
    record Header(int width, int height, boolean alpha) {
        static Header read(BitReader in) throws IOException {
            if (in.read(8) != SIGNATURE) {
                throw new IOException("no VP8L stream where one should be");
            }
            Header header = new Header(1 + in.read(14), 1 + in.read(14), in.flag());
            if (in.read(3) != 0) {
                throw new IOException("a VP8L stream of an unknown version");
            }
            return header;
        }
    }

    /** Decodes {@code file[start..end)} with its header: {@code [height × width]}. */
    static int[] decode(byte[] file, int start, int end) throws IOException {
        BitReader in = new BitReader(file, start, end);
        Header header = Header.read(in);
        return new Vp8lDecoder(in).image(header.width, header.height);
    }

    /** Decodes a stream without a header. */
    static int[] decode(byte[] file, int start, int end, int width, int height) throws IOException {
        return new Vp8lDecoder(new BitReader(file, start, end)).image(width, height);
    }

    private int[] image(int width, int height) throws IOException {
        Deque<LosslessTransform> transforms = new ArrayDeque<>();
        boolean[] seen = new boolean[4];
        int packed = width;
        while (in.flag()) {
            int kind = in.read(2);
            if (seen[kind]) {
                throw new IOException("a transform occurs twice");
            }
            seen[kind] = true;
            LosslessTransform transform = transform(kind, packed, height);
            transforms.push(transform);
            packed = transform.packedWidth(packed);
        }
        int[] pixels = pixels(packed, height, true);
        for (LosslessTransform transform : transforms) {
            pixels = transform.invert(pixels, height);
        }
        return pixels;
    }

    private LosslessTransform transform(int kind, int width, int height) throws IOException {
        switch (kind) {
            case 0, 1 -> {
                int bits = 2 + in.read(3);
                int[] tiles = pixels(tiles(width, bits), tiles(height, bits), false);
                return kind == 0
                        ? new LosslessTransform.Predictor(width, bits, tiles)
                        : new LosslessTransform.CrossColour(width, bits, tiles);
            }
            case 2 -> {
                return new LosslessTransform.SubtractGreen();
            }
            default -> {
                int colours = 1 + in.read(8);
                return LosslessTransform.Palette.of(width, pixels(colours, 1, false));
            }
        }
    }

    private static int tiles(int size, int bits) {
        return (size + (1 << bits) - 1) >> bits;
    }

    /** The groups of codes, and a map of where each applies. */
    private record Groups(PrefixCodes[] codes, int[] map, int bits, int across) {
        PrefixCodes at(int x, int y) {
            return map == null ? codes[0] : codes[map[(y >> bits) * across + (x >> bits)]];
        }

        /** Returns a mask of the columns within which the group stays the same. */
        int mask() {
            return map == null ? ~0 : (1 << bits) - 1;
        }
    }

    private Groups groups(int width, int height, int cached, boolean mapped) throws IOException {
        if (!mapped) {
            return new Groups(new PrefixCodes[] {PrefixCodes.read(in, cached)}, null, 0, 0);
        }
        int bits = 2 + in.read(3);
        int across = tiles(width, bits);
        int[] map = pixels(across, tiles(height, bits), false);
        int n = 1;
        for (int i = 0; i < map.length; i++) {
            map[i] = map[i] >> 8 & 0xFFFF;
            n = Math.max(n, map[i] + 1);
        }
        boolean[] used = new boolean[n];
        for (int group : map) {
            used[group] = true;
        }
        PrefixCodes[] codes = new PrefixCodes[n];
        for (int i = 0; i < n; i++) {
            PrefixCodes read = PrefixCodes.read(in, cached);
            codes[i] = used[i] ? read : null;
        }
        return new Groups(codes, map, bits, across);
    }

    private int[] pixels(int width, int height, boolean top) throws IOException {
        int cacheBits = 0;
        if (in.flag()) {
            cacheBits = in.read(4);
            if (cacheBits < 1 || cacheBits > MAX_CACHE_BITS) {
                throw new IOException("a colour cache of an impossible size");
            }
        }
        int[] cache = cacheBits == 0 ? new int[0] : new int[1 << cacheBits];
        // The map of codes, if any, comes before the codes and after the size of the cache.
        Groups groups = groups(width, height, cache.length, top && in.flag());
        int[] out = new int[Math.multiplyExact(width, height)];
        int cachedTo = 0;
        int x = 0;
        int y = 0;
        PrefixCodes codes = groups.at(0, 0);
        for (int i = 0; i < out.length; ) {
            int green = codes.green().read(in);
            int count = 1;
            if (green < 256) {
                int red = codes.red().read(in);
                int blue = codes.blue().read(in);
                out[i] = codes.alpha().read(in) << 24 | red << 16 | green << 8 | blue;
            } else if (green < 256 + PrefixCodes.LENGTHS) {
                count = value(green - 256);
                int distance = distance(value(codes.distance().read(in)), width);
                if (distance > i || count > out.length - i) {
                    throw new IOException("a copy from outside the image");
                }
                copy(out, i, distance, count);
            } else {
                out[i] = cache[green - 256 - PrefixCodes.LENGTHS];
            }
            i += count;
            x += count;
            if (x >= width) {
                y += x / width;
                x %= width;
            }
            if ((count > 1 || (x & groups.mask()) == 0) && i < out.length) {
                codes = groups.at(x, y);
            }
            for (; cacheBits > 0 && cachedTo < i; cachedTo++) {
                cache[(out[cachedTo] * HASH) >>> (32 - cacheBits)] = out[cachedTo];
            }
        }
        return out;
    }

    private static void copy(int[] out, int at, int distance, int count) {
        for (int i = at; i < at + count; i++) {
            out[i] = out[i - distance];
        }
    }

    /** Reads a length or distance: the symbol gives its highest bits, the stream the rest. */
    private int value(int symbol) throws IOException {
        if (symbol < 4) {
            return symbol + 1;
        }
        int extra = (symbol - 2) >> 1;
        return ((2 + (symbol & 1)) << extra) + in.read(extra) + 1;
    }

    private static int distance(int code, int width) {
        if (code > NEIGHBOURS.length) {
            return code - NEIGHBOURS.length;
        }
        int neighbour = NEIGHBOURS[code - 1];
        return Math.max(1, (neighbour >> 4) * width + 8 - (neighbour & 0xF));
    }
}
