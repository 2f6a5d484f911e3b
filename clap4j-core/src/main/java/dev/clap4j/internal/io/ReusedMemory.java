package dev.clap4j.internal.io;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Memory outside the heap that is used again for one tensor after the other. Memory of its own for each would pile up: it is
 * freed by the garbage collector, which looks at the heap and does not see how much lies beside it.
 *
 * <p>For one thread at a time.
 */
public final class ReusedMemory {
    private ByteBuffer memory = TensorData.allocate(0);

    /**
     * A tensor of floats that are whatever lies there. The one before it is overwritten with this.
     *
     * @param name the tensor's
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
