package dev.clap4j.checkpoint;

import dev.clap4j.io.HalfFloats;
import dev.clap4j.io.TensorInfo;
import dev.clap4j.nn.ClipArchitecture;
import dev.clap4j.nn.Pooling;
import dev.clap4j.nn.TextTransformer;
import dev.clap4j.nn.VisionTransformer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells models apart by what they compute, not by how they are stored: a digest of the geometry and of a few elements of
 * every tensor, rounded to 16 bits. Full-precision and half-precision copies of one model, in any layout, share it.
 */
final class Fingerprint {
    private static final int SAMPLES = 16;
    private static final int DIGEST_BYTES = 16;

    private Fingerprint() {}

    static String of(ClipArchitecture architecture, CheckpointWeights weights) {
        MessageDigest digest = sha256();
        digest.update(describe(architecture).getBytes(StandardCharsets.UTF_8));
        List<TensorInfo> tensors = weights.infos().stream()
                .sorted(Comparator.comparing(TensorInfo::name))
                .toList();
        for (TensorInfo tensor : tensors) {
            digest.update((tensor.name() + Arrays.toString(tensor.shape())).getBytes(StandardCharsets.UTF_8));
            digest.update(samples(tensor, weights));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    }

    /** What the shapes of the tensors do not tell. */
    private static String describe(ClipArchitecture architecture) {
        TextTransformer text = architecture.text();
        String vision = architecture.vision() instanceof VisionTransformer transformer
                ? "heads=" + transformer.heads() + " activation=" + transformer.activation() + " epsilon="
                        + transformer.epsilon()
                        + (transformer.pooling() == Pooling.CLASS_TOKEN ? "" : " pooling=" + transformer.pooling())
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
            // Adding 0 makes of the negative zero, which some conversions lose, the ordinary one.
            halves.putShort(HalfFloats.toHalf(value + 0f));
        }
        return halves.array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
