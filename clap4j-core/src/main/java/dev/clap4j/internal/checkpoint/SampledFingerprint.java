package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.HalfFloats;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTransformer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The fingerprint used before version 0.1.0, to which old heads refer: of the architecture and 16 elements of every
 * tensor. Models that agree in these share it.
 */
final class SampledFingerprint {
    private static final int SAMPLES = 16;

    private SampledFingerprint() {}

    static String of(ClipArchitecture architecture, CheckpointWeights weights) {
        MessageDigest digest = Digests.sha256();
        digest.update(describe(architecture).getBytes(StandardCharsets.UTF_8));
        List<TensorInfo> tensors = weights.infos().stream()
                .sorted(Comparator.comparing(TensorInfo::name))
                .toList();
        for (TensorInfo tensor : tensors) {
            digest.update((tensor.name() + Arrays.toString(tensor.shape())).getBytes(StandardCharsets.UTF_8));
            digest.update(samples(tensor, weights));
        }
        return Digests.finish(digest);
    }

    private static String describe(ClipArchitecture architecture) {
        if (!architecture.isClips() || !(architecture.text() instanceof TextTransformer text)) {
            return ""; // earlier versions had no such models
        }
        String vision = architecture.vision() instanceof VisionTransformer transformer
                ? "heads=" + transformer.heads() + " activation=" + transformer.activation() + " epsilon="
                        + transformer.epsilon()
                : "residual";
        return "clip text: heads=" + text.heads() + " activation=" + text.activation() + " epsilon=" + text.epsilon()
                + "; vision: " + vision + " size="
                + architecture.vision().imageSize();
    }

    private static byte[] samples(TensorInfo tensor, CheckpointWeights weights) {
        long last = tensor.elements() - 1;
        int count = (int) Math.min(SAMPLES, tensor.elements());
        ByteBuffer halves = ByteBuffer.allocate(count * Short.BYTES);
        for (int i = 0; i < count; i++) {
            float value = weights.sample(tensor.name(), count == 1 ? 0 : last * i / (count - 1));
            halves.putShort(HalfFloats.toHalf(value + 0f));
        }
        return halves.array();
    }
}
