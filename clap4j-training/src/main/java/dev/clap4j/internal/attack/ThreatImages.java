package dev.clap4j.internal.attack;

import dev.clap4j.attack.ThreatModel;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.TensorOps;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/** Converts images to and from the form that an attacker may change. */
public final class ThreatImages {
    private static final float LEVELS = 255;

    private ThreatImages() {}

    /**
     * Converts images to the form of a threat model.
     *
     * @param pixels U8 {@code [b, 3, size, size]}, preprocessed for the model but not normalised
     * @return F32 of the same shape
     */
    static TensorData of(ThreatModel threat, TensorData pixels, Preprocessing preprocessing) {
        ByteBuffer bytes = pixels.bytes();
        ByteBuffer target = TensorData.allocate(pixels.elements() * DataType.F32.bytes());
        FloatBuffer floats = target.asFloatBuffer();
        byte[] image = new byte[3 * preprocessing.size() * preprocessing.size()];
        while (bytes.hasRemaining()) {
            bytes.get(image);
            if (threat == ThreatModel.OFFICIAL) {
                preprocessing.normalise(image, floats);
            } else {
                for (byte value : image) {
                    floats.put((value & 0xFF) / LEVELS);
                }
            }
        }
        return new TensorData("images", DataType.F32, pixels.shape(), target);
    }

    /** Converts images from the form of a threat model to the encoder's input. */
    static <T> T normalised(TensorOps<T> ops, ThreatModel threat, T images, Preprocessing preprocessing) {
        if (threat == ThreatModel.OFFICIAL) {
            return images;
        }
        T mean = ops.constant(TensorData.of("mean", preprocessing.mean(), 1, 3, 1, 1));
        T std = ops.constant(TensorData.of("std", preprocessing.std(), 1, 3, 1, 1));
        return ops.divide(ops.subtract(images, mean), std);
    }

    /**
     * Converts images to pixel values, between 0 and 1 for valid images.
     *
     * @param images {@code [b, 3, size, size]} in the form of the threat model, in row-major order
     */
    public static float[] pixels(ThreatModel threat, float[] images, Preprocessing preprocessing) {
        float[] pixels = images.clone();
        if (threat == ThreatModel.OFFICIAL) {
            int plane = preprocessing.size() * preprocessing.size();
            float[] mean = preprocessing.mean();
            float[] std = preprocessing.std();
            for (int i = 0; i < pixels.length; i++) {
                int colour = i / plane % 3;
                pixels[i] = pixels[i] * std[colour] + mean[colour];
            }
        }
        return pixels;
    }

    /** Converts epsilon to levels of an 8-bit image, for red, green and blue. */
    public static double[] levels(ThreatModel threat, double epsilon, Preprocessing preprocessing) {
        float[] std = preprocessing.std();
        return IntStream.range(0, std.length)
                .mapToDouble(colour -> epsilon * LEVELS * (threat == ThreatModel.OFFICIAL ? std[colour] : 1))
                .toArray();
    }
}
