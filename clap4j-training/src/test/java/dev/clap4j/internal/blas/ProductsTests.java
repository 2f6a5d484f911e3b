package dev.clap4j.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Numbers;
import dev.clap4j.internal.io.TensorData;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTests {
    private static final Random RANDOM = new Random(0);

    private static Matrix random(int rows, int columns) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            matrix.values().put(i, (float) RANDOM.nextGaussian());
        }
        return matrix;
    }

    private static Matrix transposed(Matrix matrix) {
        Matrix transposed = Matrix.zeros(matrix.columns(), matrix.rows());
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                transposed.values().put(j * matrix.rows() + i, matrix.values().get(i * matrix.columns() + j));
            }
        }
        return transposed;
    }

    private static float[] values(Matrix matrix) {
        float[] values = new float[matrix.rows() * matrix.columns()];
        matrix.values().get(0, values);
        return values;
    }

    /** Returns {@code a b + bias}, summed in doubles. */
    private static float[] expected(Matrix a, Matrix b, Matrix bias) {
        float[] expected = new float[a.rows() * b.columns()];
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.columns(); j++) {
                double sum = bias.values().get(j);
                for (int k = 0; k < a.columns(); k++) {
                    sum += (double) a.values().get(i * a.columns() + k)
                            * b.values().get(k * b.columns() + j);
                }
                expected[i * b.columns() + j] = (float) sum;
            }
        }
        return expected;
    }

    /** Whole; in pieces, the last of them narrower; in blocks of rows, the last of them lower, and of terms. */
    @ParameterizedTest
    @CsvSource({"3, 5, 7", "24, 512, 512", "24, 500, 515", "60, 300, 333", "300, 512, 512", "264, 700, 90"})
    void piecesMakeTheProduct(int m, int k, int n) {
        Matrix a = random(m, k);
        Matrix b = random(k, n);
        Matrix bias = random(1, n);
        float[] expected = expected(a, b, Matrix.zeros(1, n));
        Matrix product = random(m, n);

        Products.of(a, b, product);
        Numbers.assertClose(values(product), expected, 1e-5);
        Products.withTransposed(a, transposed(b), product);
        Numbers.assertClose(values(product), expected, 1e-5);
        Products.linear(a, transposed(b), bias, product);
        Numbers.assertClose(values(product), expected(a, b, bias), 1e-5);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 200, 1035})
    void theBitsDoNotDependOnTheNumberOfThreads(int rows) {
        Matrix x = random(rows, 512);
        float[] alone = gram(x, 1);
        for (int threads = 2; threads <= 5; threads++) {
            assertThat(gram(x, threads)).isEqualTo(alone);
        }
    }

    private static float[] gram(Matrix x, int threads) {
        Matrix gram = Matrix.zeros(x.rows(), x.rows());
        Product product = new Product(Factor.of(x), Factor.transposed(x), x.columns(), 0);
        RowBlocks.run(x.rows(), threads, (from, to) -> product.rows(from, to, gram));
        return values(gram);
    }

    /** The gradient of a weight {@code [m, n]} by a batch of k rows. */
    @ParameterizedTest
    @CsvSource({"7, 5, 3, 1", "512, 24, 512, 8", "515, 24, 500, 9", "512, 300, 512, 1"})
    void rowsOfTheTransposedMakeTheProduct(int m, int k, int n, int pieces) {
        Matrix a = random(k, m);
        Matrix b = random(k, n);
        FloatBuffer memory = Matrix.zeros(m, n).values();
        float[] product = new float[m * n];
        List<Integer> firsts = new ArrayList<>();
        Products.ofTransposed(a, b, memory, (first, count) -> {
            memory.get(0, product, first * n, count * n);
            firsts.add(first);
        });
        assertThat(firsts).hasSize(pieces).isSorted();
        Numbers.assertClose(product, expected(transposed(a), b, Matrix.zeros(1, n)), 1e-5);
    }

    @Test
    void doublesMultiplyToo() {
        DoubleBuffer a = doubles(1, 2, 3, 4, 5, 6);
        DoubleBuffer b = doubles(1, 10, 100, 1e-12, 1, 0.5);
        DoubleBuffer product = doubles(0, 0, 0, 0);
        Products.ofDoubles(false, a, b, product, 2, 3, 2);
        assertThat(all(product)).containsExactly(new double[] {204, 11.5 + 2e-12, 510, 43 + 5e-12}, within(1e-13));
        Products.ofDoubles(true, a, b, product, 2, 3, 2);
        assertThat(all(product)).containsExactly(new double[] {306, 12.5 + 3e-12, 408, 23 + 4e-12}, within(1e-13));
    }

    private static DoubleBuffer doubles(double... values) {
        DoubleBuffer buffer = TensorData.allocate(values.length * 8L).asDoubleBuffer();
        return buffer.put(0, values);
    }

    private static double[] all(DoubleBuffer buffer) {
        double[] values = new double[buffer.capacity()];
        buffer.get(0, values);
        return values;
    }
}
