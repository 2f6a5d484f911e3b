package dev.clap4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.io.NpyFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchScaleTests {
    /** The file of features, which other programs read, holds the same values as the index. */
    @Test
    void writesAnIndexAndItsFeatures(@TempDir Path parent) throws IOException {
        Path folder = parent.resolve("scale");
        String[] arguments = {folder.toString(), "300", "64"};

        SearchScale.main(arguments);
        SearchScale.main(arguments);

        TensorData written = NpyFile.read(folder.resolve("features.npy"), "features");
        assertThat(written.shape()).containsExactly(300, 64);
        try (ImageIndex index = ImageIndex.open(folder.resolve("index"))) {
            assertThat(index.size()).isEqualTo(300);
            for (int i : new int[] {0, 299}) {
                float[] feature = IndexFeatures.of(index)
                        .entry(Path.of("/" + i))
                        .orElseThrow()
                        .feature();
                double squares = 0;
                for (int j = 0; j < 64; j++) {
                    assertThat(feature[j]).isEqualTo(written.floatAt(64 * i + j));
                    squares += feature[j] * feature[j];
                }
                assertThat(squares).isCloseTo(1, within(1e-5));
            }
        }
    }
}
