package dev.clap4j.tsne;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapStoreTests {
    private static final FeatureMatrix POINTS = Blobs.points(20);
    private static final TsneOptions OPTIONS = new TsneOptions(5, 30, 0);

    @TempDir
    private Path folder;

    private TsneMap map() {
        return new MapStore(folder).get(POINTS, OPTIONS, Steps.unreported());
    }

    private Path file() throws IOException {
        try (var files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void aKnownMapIsNotMadeAgain() throws IOException {
        TsneMap map = map();
        float[] places = new float[40];
        Arrays.fill(places, 7);
        SealedTensors.write(file(), Map.of("divergence", "1.5"), List.of(TensorData.of("places", places, 20, 2)));
        assertThat(map()).isNotEqualTo(map);
        assertThat(map().divergence()).isEqualTo(1.5);
    }

    @Test
    void aDamagedMapIsMadeAgain() throws IOException {
        TsneMap map = map();
        Path file = file();
        byte[] whole = Files.readAllBytes(file);
        byte[] flipped = whole.clone();
        flipped[whole.length - 5] ^= 2;
        TensorData places = TensorData.of("places", map.places().values(), 20, 2);
        float[] noNumber = map.places().values();
        noNumber[3] = Float.NaN;
        Map<String, String> divergence = Map.of("divergence", "1.5");
        List<Runnable> contents = List.of(
                () -> write(file, flipped),
                () -> write(file, Arrays.copyOf(whole, 100)),
                () -> write(file, new byte[0]),
                () -> SealedTensors.write(file, Map.of(), List.of(places)),
                () -> SealedTensors.write(file, Map.of("divergence", "NaN"), List.of(places)),
                () -> SealedTensors.write(file, Map.of("divergence", "x"), List.of(places)),
                () -> SealedTensors.write(file, divergence, List.of(places.rows(0, 10))),
                () -> SealedTensors.write(file, divergence, List.of(places.named("other"))),
                () -> SealedTensors.write(file, divergence, List.of(TensorData.of("places", noNumber, 20, 2))),
                () -> SealedTensors.write(file, divergence, List.of(TensorData.of("places", new long[40], 20, 2))));
        for (Runnable content : contents) {
            content.run();
            assertThat(map()).isEqualTo(map);
            assertThat(file).hasBinaryContent(whole);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
