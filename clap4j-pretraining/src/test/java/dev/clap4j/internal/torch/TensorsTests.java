package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class TensorsTests {
    private static float[] roundTrip(TensorData data) {
        return NativeScope.call(
                () -> Tensors.toData("copy", Tensors.asFloats(data)).toFloats());
    }

    @Test
    void floatsAreViewedNotCopied() {
        TensorData data = TensorData.of("x", new float[] {1, 2, 3, 4}, 2, 2);
        NativeScope.run(() -> {
            assertThat(Tensors.shape(Tensors.view(data))).containsExactly(2, 2);
            Tensors.asFloats(data).zero_();
        });
        assertThat(data.toFloats()).containsExactly(0, 0, 0, 0);
    }

    /** The garbage collector does not see that libtorch still reads it. */
    @Test
    void memoryLivesAsLongAsTheScope() {
        NativeScope.run(() -> {
            WeakReference<ByteBuffer> memory =
                    new WeakReference<>(TensorData.allocate(4).putFloat(0, 5));
            Tensor view = Tensors.view(new TensorData("x", DataType.F32, new long[] {1}, memory.get()));
            System.gc();
            assertThat(memory.get()).isNotNull();
            assertThat(view.item_float()).isEqualTo(5);
        });
    }

    @Test
    void unalignedMemoryIsCopied() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(9).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(1, 5).putFloat(5, -7);
        TensorData data = new TensorData("x", DataType.F32, new long[] {2}, bytes.position(1));
        assertThat(roundTrip(data)).containsExactly(5, -7);
    }

    @Test
    void otherFloatingPointTypesAreConverted() {
        ByteBuffer half = TensorData.allocate(4).putShort((short) 0x3C00).putShort((short) 0xC000);
        ByteBuffer bfloat = TensorData.allocate(2).putShort((short) 0x4040);
        ByteBuffer wide = TensorData.allocate(8).putDouble(0.1);
        assertThat(roundTrip(new TensorData("h", DataType.F16, new long[] {2}, half.flip())))
                .containsExactly(1, -2);
        assertThat(roundTrip(new TensorData("b", DataType.BF16, new long[] {1}, bfloat.flip())))
                .containsExactly(3);
        assertThat(roundTrip(new TensorData("d", DataType.F64, new long[0], wide.flip())))
                .containsExactly(0.1f);
    }

    @Test
    void emptyTensorsAndIntegers() {
        TensorData empty = TensorData.of("x", new float[0], 0, 5);
        assertThat(roundTrip(empty)).isEmpty();
        TensorData ids = TensorData.of("ids", new long[] {3, 1L << 40}, 2);
        assertThat(NativeScope.call(
                        () -> Tensors.toData("copy", Tensors.view(ids)).toLongs()))
                .containsExactly(3, 1L << 40);
        assertThatThrownBy(() -> roundTrip(ids))
                .isInstanceOf(ClapException.class)
                .hasMessage("Tensor ids holds I64 where floating-point numbers are expected");
    }
}
