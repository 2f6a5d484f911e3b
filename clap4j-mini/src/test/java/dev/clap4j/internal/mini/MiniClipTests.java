package dev.clap4j.internal.mini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiniClipTests {
    private static final String WEIGHTS = "open_clip_model.safetensors";

    @TempDir
    Path cache;

    private static byte[] resource(String name) throws IOException {
        try (InputStream file = MiniClip.class.getResourceAsStream("/dev/clap4j/mini/" + name)) {
            return file.readAllBytes();
        }
    }

    @Test
    void isAWholeModelThatIsCalledByItsName() {
        MiniClip.open(cache).verify();

        try (ClipModel clip = ClipModel.load(MiniClip.unpack(cache))) {
            assertThat(Backbone.of(clip).name()).isEqualTo("mini-clip");
            FeatureMatrix texts = clip.texts().encode(List.of("a photo of a dog", "a photo of a house"));
            assertThat(texts.dim()).isEqualTo(clip.embedDim());
            assertThat(texts.row(0)).isNotEqualTo(texts.row(1));
        }
    }

    @Test
    void isUnpackedOnce() throws IOException {
        Path folder = MiniClip.unpack(cache);
        Object first = Files.readAttributes(folder.resolve(WEIGHTS), "*").get("fileKey");

        assertThat(MiniClip.unpack(cache)).isEqualTo(folder);
        assertThat(Files.readAttributes(folder.resolve(WEIGHTS), "*").get("fileKey"))
                .isEqualTo(first);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("open_clip_config.json", WEIGHTS, "tokenizer.json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "changed", "gone"})
    void damageIsRepaired(String damage) throws IOException {
        Path file = MiniClip.unpack(cache).resolve(WEIGHTS);
        byte[] whole = resource(WEIGHTS);
        byte[] bytes = damage.equals("cut") ? Arrays.copyOf(whole, whole.length / 2) : whole.clone();
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        if (damage.equals("gone")) {
            Files.delete(file);
        }

        MiniClip.unpack(cache);

        assertThat(file).hasBinaryContent(whole);
    }

    @Test
    void severalMayUnpackItAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Path> unpack = () -> MiniClip.unpack(cache);
            for (Future<Path> folder : threads.invokeAll(Collections.nCopies(4, unpack))) {
                assertThat(folder.get().resolve(WEIGHTS)).hasBinaryContent(resource(WEIGHTS));
                try (Stream<Path> files = Files.list(folder.get())) {
                    assertThat(files).hasSize(3);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsExplained() throws IOException {
        Path file = Files.writeString(cache.resolve("file"), "");

        assertThatThrownBy(() -> MiniClip.unpack(file))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("The mini CLIP cannot be unpacked; choose another folder with the environment"
                        + " variable CLAP4J_CACHE. Cannot write " + file);
    }
}
