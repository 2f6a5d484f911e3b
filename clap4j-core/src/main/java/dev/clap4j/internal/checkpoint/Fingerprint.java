package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.HalfFloats;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.nn.ClipArchitecture;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * Identifies models by what they compute, not by how they are stored: a digest of the architecture and of every value
 * of every tensor, rounded to 16 bits. Full-precision and half-precision copies of a model, in any layout, share it.
 */
final class Fingerprint {
    private static final int CHUNK = 8192;

    private Fingerprint() {}

    static String of(ClipArchitecture architecture, CheckpointWeights weights) {
        String tensors = weights.infos().parallelStream()
                .sorted(Comparator.comparing(TensorInfo::name))
                .map(tensor ->
                        tensor.name() + Arrays.toString(tensor.shape()) + " " + digest(weights.get(tensor.name())))
                .collect(Collectors.joining("\n"));
        return Digests.of(ArchitectureText.of(architecture) + "\n" + tensors);
    }

    private static String digest(TensorData tensor) {
        MessageDigest digest = Digests.sha256();
        float[] values = new float[CHUNK];
        ByteBuffer halves = ByteBuffer.allocate(CHUNK * Short.BYTES);
        FloatBuffer floats = tensor.toF32().bytes().asFloatBuffer();
        while (floats.hasRemaining()) {
            int count = Math.min(CHUNK, floats.remaining());
            floats.get(values, 0, count);
            halves.clear();
            for (int i = 0; i < count; i++) {
                // Adding 0 turns negative zero, which some conversions lose, into positive zero.
                halves.putShort(HalfFloats.toHalf(values[i] + 0f));
            }
            digest.update(halves.flip());
        }
        return Digests.finish(digest);
    }
}
