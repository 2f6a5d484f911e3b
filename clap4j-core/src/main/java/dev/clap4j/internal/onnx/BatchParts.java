package dev.clap4j.internal.onnx;

import dev.clap4j.internal.engine.Parts;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;

/** Computes the parts of a batch in parallel. */
final class BatchParts {
    private BatchParts() {}

    /**
     * Computes all parts, see {@link Parts}.
     *
     * @param threads number of threads, including the caller's
     * @param parts number of parts
     * @param part computes the rows of a part, by its index
     * @return the rows of all parts, in order
     */
    static TensorData run(int threads, int parts, IntFunction<TensorData> part) {
        TensorData[] computed = new TensorData[parts];
        Parts.run(threads, parts, i -> computed[i] = part.apply(i));
        return concat(List.of(computed));
    }

    private static TensorData concat(List<TensorData> parts) {
        TensorData first = parts.get(0);
        long[] shape = first.shape();
        shape[0] = parts.stream().mapToLong(part -> part.shape()[0]).sum();
        ByteBuffer all = TensorData.allocate(
                parts.stream().mapToLong(part -> part.bytes().remaining()).sum());
        parts.forEach(part -> all.put(part.bytes()));
        return new TensorData(first.name(), first.type(), shape, all.flip());
    }
}
