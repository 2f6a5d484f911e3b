package dev.clap4j.io;

/** The two 16-bit floating-point formats, bit by bit; Java 17 has neither. */
final class HalfFloats {
    private HalfFloats() {}

    /** IEEE 754 binary16 to float, exactly: subnormals, infinities and NaN included. */
    static float fromHalf(short half) {
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

    /** bfloat16 to float: the upper half of a float's bits. */
    static float fromBfloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
