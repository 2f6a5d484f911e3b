package dev.clap4j.internal.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.ClipOptions;
import dev.clap4j.TinyClip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorEncodersTests {
    @TempDir
    private Path folder;

    private EncoderRecipe recipe(Path model) {
        return Encoders.plan(model.toString(), ClipOptions.defaults(), Optional.empty(), Optional.empty());
    }

    @Test
    void tasksShareOneAndOthersTakeItsPlaceWhenItIsUnused() throws IOException {
        EncoderRecipe plain = recipe(TinyClip.write(folder));
        EncoderRecipe headed = plain.with(TinyClip.head(1), 0.5f);
        ExecutorEncoders.Lease first = ExecutorEncoders.lease(plain, 1);
        ExecutorEncoders.Lease second = ExecutorEncoders.lease(plain, 1);
        assertThat(second.encoders()).isSameAs(first.encoders());
        int open = ExecutorEncoders.open();

        ExecutorEncoders.Lease other = ExecutorEncoders.lease(headed, 1);
        assertThat(ExecutorEncoders.open()).isEqualTo(open + 1);
        assertThat(first.encoders().texts(List.of("a dog")).rows()).isEqualTo(1);
        other.close();
        first.close();
        first.close();
        second.close();

        ExecutorEncoders.Lease replacing = ExecutorEncoders.lease(headed.with(TinyClip.head(2), 0.5f), 1);
        assertThat(ExecutorEncoders.open()).isEqualTo(1);
        assertThatThrownBy(() -> first.encoders().texts(List.of("a dog"))).isInstanceOf(IllegalStateException.class);
        replacing.close();
    }

    @Test
    void anotherModelByTheSameNameIsRefused() throws IOException {
        Path model = TinyClip.write(folder);
        EncoderRecipe recipe = EncoderRecipe.of(model.toString(), "0123", ClipOptions.defaults());
        assertThatThrownBy(() -> ExecutorEncoders.lease(recipe, 1))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("is another one than the driver's");
    }
}
