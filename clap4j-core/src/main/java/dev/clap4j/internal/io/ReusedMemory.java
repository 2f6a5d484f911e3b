package dev.clap4j.internal.io;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Off-heap memory that is reused for one tensor after another. Separate allocations would pile up, because the garbage
 * collector that frees them sees the heap only.
 *
 * <p>Not thread-safe.
 */
public final class ReusedMemory {
    private ByteBuffer memory = TensorData.allocate(0);

    /**
     * Returns an uninitialised tensor of floats in the same memory as the one before it.
     *
     * @param name the tensor's name
     */
    public TensorData floats(String name, long... shape) {
        long values = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        int bytes = Math.toIntExact(Math.multiplyExact(values, DataType.F32.bytes()));
        if (memory.capacity() < bytes) {
            memory = TensorData.allocate(bytes);
        }
        return new TensorData(name, DataType.F32, shape, memory.slice(0, bytes));
    }
}
