package dev.clap4j.internal.onnx;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * A linear layer's weight in 8-bit integers, symmetric, with one scale per output: {@code weight[o][i] ≈ values[i][o] ·
 * scales[o]}. An output's largest weight becomes ±127, so no weight is off by more than half a scale.
 *
 * @param values I8 {@code [in, out]}, from -127 to 127
 * @param scales F32 {@code [out]}
 */
record QuantisedWeight(TensorData values, TensorData scales) {
    private static final int LARGEST = 127;

    /**
     * Quantises a weight.
     *
     * @param weight {@code [out, in]}
     */
    static QuantisedWeight of(TensorData weight) {
        int out = Math.toIntExact(weight.shape()[0]);
        int in = Math.toIntExact(weight.shape()[1]);
        FloatBuffer floats = weight.toF32().bytes().asFloatBuffer();
        ByteBuffer values = TensorData.allocate((long) in * out);
        float[] scales = new float[out];
        float[] row = new float[in];
        for (int o = 0; o < out; o++) {
            floats.get(o * in, row);
            scales[o] = largest(row) / LARGEST;
            for (int i = 0; i < in; i++) {
                values.put(i * out + o, quantised(row[i], scales[o]));
            }
        }
        return new QuantisedWeight(
                new TensorData(weight.name() + ".int8", DataType.I8, new long[] {in, out}, values),
                TensorData.of(weight.name() + ".scale", scales, out));
    }

    private static float largest(float[] row) {
        float largest = 0;
        for (float value : row) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static byte quantised(float value, float scale) {
        if (scale == 0) {
            return 0;
        }
        return (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.rint(value / scale)));
    }
}
