package dev.clap4j.internal.image.webp;

/** The inverse transforms from coefficients to samples (RFC 6386, section 14). */
final class Transforms {
    private Transforms() {}

    /** Distributes a second-order block to the first coefficients of the 16 luminance blocks. */
    static void walshHadamard(short[] in, short[] blocks) {
        int[] t = new int[16];
        for (int i = 0; i < 4; i++) {
            int a0 = in[i] + in[12 + i];
            int a1 = in[4 + i] + in[8 + i];
            int a2 = in[4 + i] - in[8 + i];
            int a3 = in[i] - in[12 + i];
            t[i] = a0 + a1;
            t[4 + i] = a3 + a2;
            t[8 + i] = a0 - a1;
            t[12 + i] = a3 - a2;
        }
        for (int i = 0; i < 4; i++) {
            int first = t[i * 4] + 3;
            int a0 = first + t[i * 4 + 3];
            int a1 = t[i * 4 + 1] + t[i * 4 + 2];
            int a2 = t[i * 4 + 1] - t[i * 4 + 2];
            int a3 = first - t[i * 4 + 3];
            blocks[i * 64] = (short) ((a0 + a1) >> 3);
            blocks[i * 64 + 16] = (short) ((a3 + a2) >> 3);
            blocks[i * 64 + 32] = (short) ((a0 - a1) >> 3);
            blocks[i * 64 + 48] = (short) ((a3 - a2) >> 3);
        }
    }

    /** Adds the inverse cosine transform of a block to its prediction. */
    static void addCosine(short[] in, int from, byte[] samples, int at, int stride) {
        int[] t = new int[16];
        for (int i = 0; i < 4; i++) {
            int a = in[from + i] + in[from + 8 + i];
            int b = in[from + i] - in[from + 8 + i];
            int c = sine(in[from + 4 + i]) - cosine(in[from + 12 + i]);
            int d = cosine(in[from + 4 + i]) + sine(in[from + 12 + i]);
            t[i * 4] = a + d;
            t[i * 4 + 1] = b + c;
            t[i * 4 + 2] = b - c;
            t[i * 4 + 3] = a - d;
        }
        for (int i = 0; i < 4; i++) {
            int first = t[i] + 4;
            int a = first + t[8 + i];
            int b = first - t[8 + i];
            int c = sine(t[4 + i]) - cosine(t[12 + i]);
            int d = cosine(t[4 + i]) + sine(t[12 + i]);
            int o = at + i * stride;
            add(samples, o, a + d);
            add(samples, o + 1, b + c);
            add(samples, o + 2, b - c);
            add(samples, o + 3, a - d);
        }
    }

    /** √2 cos(π/8), in units of 2⁻¹⁶. */
    private static int cosine(int v) {
        return ((v * 20091) >> 16) + v;
    }

    /** √2 sin(π/8). */
    private static int sine(int v) {
        return (v * 35468) >> 16;
    }

    private static void add(byte[] samples, int at, int difference) {
        int v = (samples[at] & 0xFF) + (difference >> 3);
        samples[at] = (byte) (v < 0 ? 0 : Math.min(v, 255));
    }
}
