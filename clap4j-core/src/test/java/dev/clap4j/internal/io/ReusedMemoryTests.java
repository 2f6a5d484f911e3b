package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReusedMemoryTests {
    private final ReusedMemory memory = new ReusedMemory();

    @Test
    void theNextTensorLiesWhereTheOneBeforeDid() {
        TensorData large = memory.floats("large", 2, 3);
        large.bytes().asFloatBuffer().put(new float[] {1, 2, 3, 4, 5, 6});
        TensorData small = memory.floats("small", 4);
        assertThat(small.toFloats()).containsExactly(1, 2, 3, 4);
        small.bytes().putFloat(0, 9);
        assertThat(large.toFloats()).containsExactly(9, 2, 3, 4, 5, 6);
    }

    @Test
    void itGrows() {
        TensorData small = memory.floats("small", 1);
        small.bytes().putFloat(0, 7);
        TensorData large = memory.floats("large", 100, 2);
        assertThat(large.elements()).isEqualTo(200);
        large.bytes().putFloat(0, 1);
        assertThat(small.toFloats()).containsExactly(7);
    }

    @Test
    void sizesThatNoBufferHasAreRefused() {
        assertThatThrownBy(() -> memory.floats("vast", 1 << 20, 1 << 20)).isInstanceOf(ArithmeticException.class);
    }
}
