package dev.clap4j.internal.attack;

import dev.clap4j.attack.ThreatModel;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Converts images to and from the form that an attacker may change. */
final class ThreatImages {
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
    static Tensor normalised(ThreatModel threat, Tensor images, Preprocessing preprocessing) {
        if (threat == ThreatModel.OFFICIAL) {
            return images;
        }
        Tensor mean = torch.tensor(preprocessing.mean()).reshape(1, 3, 1, 1);
        Tensor std = torch.tensor(preprocessing.std()).reshape(1, 3, 1, 1);
        return images.sub(mean).div(std);
    }
}
