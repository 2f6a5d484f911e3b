package dev.clap4j.attack;

import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The representation of images that an attacker may change, and its bounds. */
public enum ThreatModel {
    /** Pixel values between 0 and 1 before normalisation, the usual definition of adversarial images. */
    PIXEL,
    /**
     * The normalised image, clamped to between 0 and 1 although most of its values lie outside, as in the published
     * results. The clamp alone changes an image far more than epsilon.
     */
    OFFICIAL;

    private static final float LEVELS = 255;

    /**
     * Converts images to the form of this threat model.
     *
     * @param pixels U8 {@code [b, 3, size, size]}, preprocessed for the model but not normalised
     * @return F32 of the same shape
     */
    public TensorData images(TensorData pixels, Preprocessing preprocessing) {
        ByteBuffer bytes = pixels.bytes();
        ByteBuffer target = TensorData.allocate(pixels.elements() * DataType.F32.bytes());
        FloatBuffer floats = target.asFloatBuffer();
        byte[] image = new byte[3 * preprocessing.size() * preprocessing.size()];
        while (bytes.hasRemaining()) {
            bytes.get(image);
            if (this == OFFICIAL) {
                preprocessing.normalise(image, floats);
            } else {
                for (byte value : image) {
                    floats.put((value & 0xFF) / LEVELS);
                }
            }
        }
        return new TensorData("images", DataType.F32, pixels.shape(), target);
    }

    /**
     * Converts images from the form of this threat model to pixel values, between 0 and 1 for valid images.
     *
     * @param images {@code [b, 3, size, size]}, in row-major order
     */
    public float[] pixels(float[] images, Preprocessing preprocessing) {
        float[] pixels = images.clone();
        if (this == OFFICIAL) {
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
    public double[] levels(double epsilon, Preprocessing preprocessing) {
        float[] std = preprocessing.std();
        return IntStream.range(0, std.length)
                .mapToDouble(colour -> epsilon * LEVELS * (this == OFFICIAL ? std[colour] : 1))
                .toArray();
    }

    /** Converts images from the form of this threat model to the encoder's input. */
    Tensor normalised(Tensor images, Preprocessing preprocessing) {
        if (this == OFFICIAL) {
            return images;
        }
        Tensor mean = torch.tensor(preprocessing.mean()).reshape(1, 3, 1, 1);
        Tensor std = torch.tensor(preprocessing.std()).reshape(1, 3, 1, 1);
        return images.sub(mean).div(std);
    }
}
