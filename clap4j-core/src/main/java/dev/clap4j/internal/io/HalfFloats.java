package dev.clap4j.internal.io;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** The two 16-bit floating-point formats, bit by bit; Java 17 has neither. */
public final class HalfFloats {
    private static final int LARGEST_BEFORE_INFINITY = 0x477FF000; // 65520, half-way to what 65504's successor would be
    private static final int SMALLEST_NORMAL = 0x38800000; // 2^-14
    private static final int EXPONENT_SHIFT = 112 << 23;

    private static final int CHUNK = 8192;

    private HalfFloats() {}

    /** The float of every half: to look one up is several times as fast as to take it apart. */
    private static final class Table {
        private static final float[] FLOATS = new float[1 << 16];

        static {
            for (int half = 0; half < FLOATS.length; half++) {
                FLOATS[half] = fromHalf((short) half);
            }
        }
    }

    /** Converts all that is left in {@code halves}; {@code brain} says that they are bfloat16. */
    static void convert(ShortBuffer halves, FloatBuffer floats, boolean brain) {
        short[] from = new short[CHUNK];
        float[] to = new float[CHUNK];
        while (halves.hasRemaining()) {
            int count = Math.min(CHUNK, halves.remaining());
            halves.get(from, 0, count);
            if (brain) {
                for (int i = 0; i < count; i++) {
                    to[i] = fromBfloat(from[i]);
                }
            } else {
                for (int i = 0; i < count; i++) {
                    to[i] = Table.FLOATS[from[i] & 0xFFFF];
                }
            }
            floats.put(to, 0, count);
        }
    }

    /** IEEE 754 binary16 to float, exactly: subnormals, infinities and NaN included. */
    public static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1F;
        int mantissa = half & 0x3FF;
        if (exponent == 0) {
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        if (exponent == 0x1F) {
            return Float.intBitsToFloat(sign | 0x7F800000 | mantissa << 13);
        }
        return Float.intBitsToFloat(sign | (exponent + 112) << 23 | mantissa << 13);
    }

    /** Float to the nearest IEEE 754 binary16, ties to even; too large becomes infinite. */
    public static short toHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        if (magnitude > 0x7F800000) {
            return (short) (sign | 0x7E00);
        }
        if (magnitude >= LARGEST_BEFORE_INFINITY) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < SMALLEST_NORMAL) {
            // Beside 0.5 a float's last place is 2^-24, a subnormal half's: the addition itself rounds.
            float rounded = Float.intBitsToFloat(magnitude) + 0.5f;
            return (short) (sign | Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(0.5f));
        }
        int rounded = magnitude + 0xFFF + (magnitude >>> 13 & 1);
        return (short) (sign | (rounded - EXPONENT_SHIFT) >>> 13);
    }

    /** bfloat16 to float: the upper half of a float's bits. */
    public static float fromBfloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
