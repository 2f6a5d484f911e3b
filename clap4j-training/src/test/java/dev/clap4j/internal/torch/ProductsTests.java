package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Numbers;
import dev.clap4j.internal.io.TensorData;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTests {
    /** Whole; in pieces, the last of them narrower; in blocks of rows, the last of them lower, and of terms. */
    @ParameterizedTest
    @CsvSource({"3, 5, 7", "24, 512, 512", "24, 500, 515", "60, 300, 333", "300, 512, 512", "264, 700, 90"})
    void piecesMakeTheProduct(int m, int k, int n) {
        NativeScope.run(() -> {
            Tensor a = torch.randn(m, k);
            Tensor b = torch.randn(k, n);
            Tensor bias = torch.randn(n);
            assertSame(Products.of(a, b), a.mm(b));
            Tensor columns = b.t().contiguous();
            assertSame(Products.withTransposed(a, columns), a.mm(b));
            assertSame(Products.linear(a, columns, null), a.mm(b));
            assertSame(Products.linear(a, columns, bias), a.mm(b).add(bias));
        });
    }

    @Test
    void aFactorMayLieInMemoryAsItsTranspose() {
        NativeScope.run(() -> {
            Tensor a = torch.randn(512, 200).t();
            Tensor b = torch.randn(70, 512).t();
            assertSame(Products.of(a, b), a.mm(b));
            assertSame(Products.withTransposed(a, b.t()), a.mm(b));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 200, 1035})
    void theBitsDoNotDependOnTheNumberOfThreads(int rows) {
        float[] features = new float[rows * 512];
        Random random = new Random(0);
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        try (OneThread exceptForProducts = OneThread.beginExceptForProducts()) {
            assertThat(exceptForProducts).isNotNull();
            float[] alone = gram(features, rows, 1);
            for (int threads = 2; threads <= 5; threads++) {
                assertThat(gram(features, rows, threads)).isEqualTo(alone);
            }
        }
    }

    private static float[] gram(float[] features, int rows, int threads) {
        return NativeScope.call(() -> {
            Tensor x = Tensors.view(TensorData.of("x", features, rows, 512));
            FloatPointer gram = new FloatPointer((long) rows * rows);
            Product product = new Product(Factor.of(x), Factor.transposed(x), 512, 0);
            RowBlocks.run(product, rows, rows, gram, threads);
            float[] values = new float[rows * rows];
            gram.get(values);
            return values;
        });
    }

    /** The gradient of a weight {@code [m, n]} by a batch of k rows. */
    @ParameterizedTest
    @CsvSource({"7, 5, 3, 1", "512, 24, 512, 8", "515, 24, 500, 9", "512, 300, 512, 1"})
    void rowsOfTheTransposedMakeTheProduct(int m, int k, int n, int pieces) {
        NativeScope.run(() -> {
            Tensor a = torch.randn(k, m);
            Tensor b = torch.randn(k, n);
            FloatPointer memory = new FloatPointer((long) m * n);
            FloatBuffer piece = memory.asBuffer();
            float[] product = new float[m * n];
            List<Integer> firsts = new ArrayList<>();
            Products.ofTransposed(a, b, memory, (first, count) -> {
                piece.get(0, product, first * n, count * n);
                firsts.add(first);
            });
            assertThat(firsts).hasSize(pieces).isSorted();
            Numbers.assertClose(product, Tensors.toData("product", a.t().mm(b)).toFloats(), 1e-4);
        });
    }

    private static void assertSame(Tensor actual, Tensor expected) {
        Numbers.assertClose(
                Tensors.toData("actual", actual).toFloats(),
                Tensors.toData("expected", expected).toFloats(),
                1e-4);
    }
}
