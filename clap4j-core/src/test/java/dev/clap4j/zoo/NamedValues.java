package dev.clap4j.zoo;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Values that follow from a tensor's name and shape alone, by the rule in the README of the golden files. */
public final class NamedValues {
    private static final int RUN = 1 << 16;

    private NamedValues() {}

    /** Returns a weight. */
    public static TensorData of(TensorInfo tensor) {
        String name = tensor.name();
        long[] shape = tensor.shape();
        long inputs = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
        if (name.endsWith("logit_scale")) {
            return filled(name, shape, Math.log(1 / 0.07), 0);
        }
        if (name.endsWith("logit_bias")) {
            return filled(name, shape, -10, 0);
        }
        if (name.endsWith("running_mean")) {
            return filled(name, shape, 0, 0.1);
        }
        if (!name.endsWith("running_var") && inputs > 1) {
            return filled(name, shape, 0, Math.sqrt(3.0 / inputs));
        }
        return name.endsWith("bias") ? filled(name, shape, 0, 0.1) : filled(name, shape, 1, 0.25);
    }

    /** Returns {@code centre + scale · u} for each element, where u is in [-1, 1). */
    public static TensorData filled(String name, long[] shape, double centre, double scale) {
        long elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        ByteBuffer bytes = TensorData.allocate(elements * Float.BYTES);
        FloatBuffer values = bytes.asFloatBuffer();
        long hash = hash(name);
        float factor = (float) scale;
        LongStream.range(0, (elements + RUN - 1) / RUN).parallel().forEach(run -> {
            int end = (int) Math.min(elements, (run + 1) * RUN);
            for (int i = (int) run * RUN; i < end; i++) {
                values.put(i, (float) centre + factor * uniform(hash + i));
            }
        });
        return new TensorData(name, DataType.F32, shape, bytes);
    }

    private static float uniform(long seed) {
        long z = seed + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        z ^= z >>> 31;
        return (z >>> 40) * 0x1p-23f - 1;
    }

    /** Returns the 64-bit FNV-1a hash of a name. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }
}
