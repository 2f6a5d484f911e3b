package dev.clap4j.internal.io;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Conversion of the two 16-bit floating-point formats, which Java 17 lacks. */
public final class HalfFloats {
    private static final int LARGEST_BEFORE_INFINITY =
            0x477FF000; // 65520, halfway between 65504 and the value that would follow it
    private static final int SMALLEST_NORMAL = 0x38800000; // 2^-14
    private static final int EXPONENT_SHIFT = 112 << 23;

    private static final int CHUNK = 8192;

    private HalfFloats() {}

    /** All 65,536 half values as floats; a lookup is several times faster than a conversion. */
    private static final class Table {
        private static final float[] FLOATS = new float[1 << 16];

        static {
            for (int half = 0; half < FLOATS.length; half++) {
                FLOATS[half] = fromHalf((short) half);
            }
        }
    }

    /**
     * Converts all that remains in {@code halves}.
     *
     * @param brain whether they are bfloat16 instead of binary16
     */
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

    /** Converts IEEE 754 binary16 to float exactly, including subnormals, infinities and NaN. */
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

    /** Rounds a float to the nearest IEEE 754 binary16, ties to even; values out of range become infinite. */
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
            // Near 0.5 the last place of a float is 2^-24, as of a subnormal half: the addition rounds.
            float rounded = Float.intBitsToFloat(magnitude) + 0.5f;
            return (short) (sign | Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(0.5f));
        }
        int rounded = magnitude + 0xFFF + (magnitude >>> 13 & 1);
        return (short) (sign | (rounded - EXPONENT_SHIFT) >>> 13);
    }

    /** Converts bfloat16, the upper half of a float's bits, to float. */
    public static float fromBfloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
