package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import java.util.Arrays;
import java.util.List;

/** A change that an adapter makes to one of the model's tensors. */
sealed interface AdapterChange {
    /** The adapter's tensors that it is made of. */
    List<String> tensors();

    /** Whether the adapter's tensors fit one of the model's of that shape. */
    boolean fits(TensorFile adapter, long[] shape);

    /** The changed tensor. */
    TensorData apply(TensorFile adapter, TensorData model);

    /** Another tensor takes its place. */
    record Replaced(String tensor) implements AdapterChange {
        @Override
        public List<String> tensors() {
            return List.of(tensor);
        }

        @Override
        public boolean fits(TensorFile adapter, long[] shape) {
            return Arrays.equals(adapter.info(tensor).shape(), shape);
        }

        @Override
        public TensorData apply(TensorFile adapter, TensorData model) {
            return adapter.get(tensor).named(model.name());
        }
    }

    /** {@code scaling · bias} is added to it. */
    record Shifted(String bias, float scaling) implements AdapterChange {
        @Override
        public List<String> tensors() {
            return List.of(bias);
        }

        @Override
        public boolean fits(TensorFile adapter, long[] shape) {
            return Arrays.equals(adapter.info(bias).shape(), shape);
        }

        @Override
        public TensorData apply(TensorFile adapter, TensorData model) {
            float[] sum = model.toFloats();
            float[] shift = adapter.get(bias).toFloats();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += scaling * shift[i];
            }
            return TensorData.of(model.name(), sum, model.shape());
        }
    }

    /**
     * {@code scaling · B·A} is added to it; the extents behind the first of a convolution's kernel count as one.
     *
     * @param a {@code [rank, in]}
     * @param b {@code [out, rank]}
     * @param transposed whether the product's transpose is added, as for tables of embeddings
     */
    record LowRank(String a, String b, float scaling, boolean transposed) implements AdapterChange {
        @Override
        public List<String> tensors() {
            return List.of(a, b);
        }

        @Override
        public boolean fits(TensorFile adapter, long[] shape) {
            long[] first = matrix(adapter.info(a).shape());
            long[] second = matrix(adapter.info(b).shape());
            long[] sum = matrix(shape);
            return first[0] == second[1]
                    && second[0] == (transposed ? sum[1] : sum[0])
                    && first[1] == (transposed ? sum[0] : sum[1]);
        }

        private static long[] matrix(long[] shape) {
            if (shape.length == 0) {
                return new long[] {1, 1};
            }
            return new long[] {shape[0], Arrays.stream(shape).skip(1).reduce(1, (x, y) -> x * y)};
        }

        @Override
        public TensorData apply(TensorFile adapter, TensorData model) {
            float[] sum = model.toFloats();
            int rank = (int) matrix(adapter.info(a).shape())[0];
            float[] byRank = adapter.get(transposed ? b : a).toFloats();
            float[] byRow = adapter.get(transposed ? a : b).toFloats();
            int rows = byRow.length / Math.max(1, rank);
            int columns = byRank.length / Math.max(1, rank);
            for (int row = 0; row < rows; row++) {
                for (int k = 0; k < rank; k++) {
                    float factor = scaling * byRow[transposed ? k * rows + row : row * rank + k];
                    for (int column = 0; column < columns; column++) {
                        sum[row * columns + column] +=
                                factor * byRank[transposed ? column * rank + k : k * columns + column];
                    }
                }
            }
            return TensorData.of(model.name(), sum, model.shape());
        }
    }
}
