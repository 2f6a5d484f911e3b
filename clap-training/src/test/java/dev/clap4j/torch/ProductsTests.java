package dev.clap4j.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Numbers;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductsTests {
    /** Whole; in pieces, the last of them narrower; too large for any. */
    @ParameterizedTest
    @CsvSource({"3, 5, 7", "24, 512, 512", "24, 500, 515", "60, 300, 333", "300, 512, 512"})
    void piecesMakeTheProduct(int m, int k, int n) {
        NativeScope.run(() -> {
            Tensor a = torch.randn(m, k);
            Tensor b = torch.randn(k, n);
            assertSame(Products.of(a, b), a.mm(b));
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
