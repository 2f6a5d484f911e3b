package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import java.util.Arrays;
import java.util.List;

/** A change to one of the model's tensors by an adapter. */
sealed interface AdapterChange {
    /** Returns the names of the adapter's tensors involved. */
    List<String> tensors();

    /** Returns whether the adapter's tensors fit a model tensor of the given shape. */
    boolean fits(TensorFile adapter, long[] shape);

    /** Returns the changed tensor. */
    TensorData apply(TensorFile adapter, TensorData model);

    /** Replaces the tensor. */
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

    /** Adds {@code scaling · bias} to the tensor. */
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
     * Adds {@code scaling · B·A} to the tensor; the extents of a convolution kernel after the first count as one.
     *
     * @param a {@code [rank, in]}
     * @param b {@code [out, rank]}
     * @param scaling the factor on the product
     * @param transposed whether the transpose of the product is added, as for embedding tables
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
