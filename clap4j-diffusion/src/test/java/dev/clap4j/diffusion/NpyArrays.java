package dev.clap4j.diffusion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes arrays in NumPy's format, as {@code numpy.save} does. */
public final class NpyArrays {
    private NpyArrays() {}

    /** Writes 32-bit floating-point numbers. */
    public static Path write(Path file, float[] values, long... shape) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return write(file, "<f4", data.array(), shape);
    }

    /** Writes numbers of any type. */
    public static Path write(Path file, String type, byte[] data, long... shape) throws IOException {
        String extents = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ",)"));
        byte[] header = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + extents + ", }\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        bytes.put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length)
                .put(header)
                .put(data);
        return Files.write(file, bytes.array());
    }
}
