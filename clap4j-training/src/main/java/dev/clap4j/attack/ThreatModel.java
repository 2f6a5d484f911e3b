package dev.clap4j.attack;

import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What an attacker may change, and between which bounds. */
public enum ThreatModel {
    /** Pixels between 0 and 1, before they are normalised: what the field means by an adversarial image. */
    PIXEL,
    /**
     * The normalised image, clamped to 0 to 1 although most of its values lie outside: what the published figures were
     * measured with. The clamp alone changes an image far more than epsilon.
     */
    OFFICIAL;

    private static final float LEVELS = 255;

    /**
     * Images as this attacker sees them.
     *
     * @param pixels U8 {@code [b, 3, size, size]}, as prepared for the model but not normalised
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
     * Images of this attacker as pixels, 0 to 1 where they are pictures at all.
     *
     * @param images {@code [b, 3, size, size]}, row by row
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

    /** Epsilon of red, green and blue in the 256 levels of an image file. */
    public double[] levels(double epsilon, Preprocessing preprocessing) {
        float[] std = preprocessing.std();
        return IntStream.range(0, std.length)
                .mapToDouble(colour -> epsilon * LEVELS * (this == OFFICIAL ? std[colour] : 1))
                .toArray();
    }

    /** Images of this attacker as the encoder takes them. */
    Tensor normalised(Tensor images, Preprocessing preprocessing) {
        if (this == OFFICIAL) {
            return images;
        }
        Tensor mean = torch.tensor(preprocessing.mean()).reshape(1, 3, 1, 1);
        Tensor std = torch.tensor(preprocessing.std()).reshape(1, 3, 1, 1);
        return images.sub(mean).div(std);
    }
}
