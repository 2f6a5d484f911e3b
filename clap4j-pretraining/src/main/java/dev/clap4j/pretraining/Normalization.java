package dev.clap4j.pretraining;

import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.torch.NativeScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Converts bytes to the input of an image tower: normalises with CLIP's mean and standard deviation of each channel and
 * stores channels last, which is fastest for convolutions. Owns native memory until closed.
 */
final class Normalization implements AutoCloseable {
    private static final double BRIGHTEST = 255;

    private final Tensor mean;
    private final Tensor deviation;

    private Normalization(Tensor mean, Tensor deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /** Returns OpenAI's normalization. */
    static Normalization openAi(int imageSize) {
        Preprocessing preprocessing = Preprocessing.openAi(imageSize);
        return new Normalization(colours(preprocessing.mean()), colours(preprocessing.std()));
    }

    private static Tensor colours(float[] values) {
        return NativeScope.call(() -> torch.tensor(values).view(1, 3, 1, 1).retainReference());
    }

    /** Converts U8 {@code [b, 3, h, w]} to F32 of the same shape. */
    Tensor apply(Tensor pixels) {
        return pixels.contiguous(torch.MemoryFormat.ChannelsLast)
                .to(torch.ScalarType.Float)
                .div_(new Scalar(BRIGHTEST))
                .sub_(mean)
                .div_(deviation);
    }

    @Override
    public void close() {
        mean.releaseReference();
        deviation.releaseReference();
    }
}
