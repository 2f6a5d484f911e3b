package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.net.URL;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchLibrariesTests {
    @Test
    void theArtifactIsTheOneThatIsBuiltWith() {
        assertThat(TorchLibraries.ARTIFACT)
                .isEqualTo("org.bytedeco:pytorch:" + TorchLibraries.versions().get("libtorch"));
        assertThatCode(TorchLibraries::require).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"global/torch.class", "jnitorch"})
    void namesWhatIsMissing(String missing) {
        ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public URL getResource(String name) {
                return name.contains(missing) ? null : super.getResource(name);
            }
        };

        assertThatThrownBy(() -> TorchLibraries.require(loader))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("add " + TorchLibraries.ARTIFACT + " and its natives (classifier "
                        + Loader.getPlatform() + ")");
    }
}
