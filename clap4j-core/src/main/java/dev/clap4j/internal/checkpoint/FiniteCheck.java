package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;

/** Finds weights that are NaN or infinite, at the speed of memory. */
final class FiniteCheck {
    private static final int CHUNK = 8192;

    private FiniteCheck() {}

    /**
     * Returns a tensor after checking its values.
     *
     * @throws ClapException if a value is not finite, or the tensor is not of a floating-point type
     */
    static TensorData requireFinite(Path path, TensorData tensor) {
        if (!tensor.type().isFloat()) {
            throw new ClapException(path + ": tensor " + tensor + " should hold floating-point numbers");
        }
        if (!isFinite(tensor)) {
            throw new ClapException(path + ": tensor " + tensor + " holds " + describe(tensor)
                    + "; the checkpoint is damaged, or its training failed");
        }
        return tensor;
    }

    private static boolean isFinite(TensorData tensor) {
        return switch (tensor.type()) {
            case F32 -> isFinite(tensor.bytes(), 0x7FFFFFFF, 0x00800000, 0x80000000);
            case F16 -> isFinite(tensor.bytes(), 0x7FFF7FFF, 0x04000400, 0x80008000);
            case BF16 -> isFinite(tensor.bytes(), 0x7FFF7FFF, 0x00800080, 0x80008000);
            default -> firstNotFinite(tensor) < 0;
        };
    }

    /**
     * Returns whether no exponent has all its bits set. With the sign removed, adding the exponent's lowest bit then
     * carries into the sign; so all words can be added and their bits collected without branching, two halves at once.
     */
    private static boolean isFinite(ByteBuffer bytes, int withoutSign, int lastBit, int carried) {
        IntBuffer words = bytes.asIntBuffer();
        int[] chunk = new int[CHUNK];
        while (words.hasRemaining()) {
            int count = Math.min(CHUNK, words.remaining());
            words.get(chunk, 0, count);
            int seen = 0;
            for (int i = 0; i < count; i++) {
                seen |= (chunk[i] & withoutSign) + lastBit;
            }
            if ((seen & carried) != 0) {
                return false;
            }
        }
        if (bytes.remaining() % 4 == 0) {
            return true;
        }
        int last = Short.toUnsignedInt(bytes.getShort(bytes.limit() - 2));
        return ((last & withoutSign) + (lastBit & 0xFFFF) & carried) == 0;
    }

    private static int firstNotFinite(TensorData tensor) {
        int elements = (int) tensor.elements();
        for (int i = 0; i < elements; i++) {
            if (!Float.isFinite(tensor.floatAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static String describe(TensorData tensor) {
        int first = firstNotFinite(tensor);
        StringBuilder index = new StringBuilder();
        long rest = first;
        for (int d = tensor.shape().length - 1; d >= 0; d--) {
            index.insert(0, rest % tensor.shape()[d]).insert(0, d == 0 ? "[" : ", ");
            rest /= tensor.shape()[d];
        }
        String what = tensor.type() == DataType.F64 ? "a value beyond 32-bit floats" : "" + tensor.floatAt(first);
        return what + (index.isEmpty() ? "" : " at " + index + "]");
    }
}
