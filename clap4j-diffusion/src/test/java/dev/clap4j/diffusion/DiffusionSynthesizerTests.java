package dev.clap4j.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.onnx.OrtEngine;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiffusionSynthesizerTests {
    private static final List<Long> SEEDS = List.of(5L, 6L, 7L);

    static Stream<String> pipelines() {
        return Golden.folders("diffusion", "model/unet").stream();
    }

    private static DiffusionOptions options(String pipeline) {
        return DiffusionOptions.of(
                        Golden.file("diffusion/" + pipeline + "/model").toString())
                .withSteps(2)
                .withGuidance(3);
    }

    private static DiffusionOptions any() {
        return options(pipelines().findFirst().orElseThrow());
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static Map<Long, int[]> draw(DiffusionOptions options, int engineThreads, int callers) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(callers);
        try (DiffusionSynthesizer synthesizer =
                DiffusionSynthesizer.open(options, OrtEngine.create(engineThreads), Progress.NONE)) {
            List<Long> seeds = new ArrayList<>(SEEDS);
            Collections.rotate(seeds, callers);
            List<Callable<int[]>> tasks = new ArrayList<>();
            seeds.forEach(seed -> tasks.add(() -> pixels(synthesizer.synthesize("a photo of a dog", "dog", seed))));
            List<Future<int[]>> drawn = executor.invokeAll(tasks);
            Map<Long, int[]> pictures = new HashMap<>();
            for (int i = 0; i < seeds.size(); i++) {
                pictures.put(seeds.get(i), drawn.get(i).get());
            }
            return pictures;
        } finally {
            executor.shutdown();
        }
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void a_picture_is_the_same_whatever_is_drawn_beside_it_and_with_any_number_of_threads(String pipeline)
            throws Exception {
        DiffusionOptions options = options(pipeline).withSteps(1);

        Map<Long, int[]> alone = draw(options, 1, 1);

        requireSame(draw(options, 1, 2), alone);
        requireSame(draw(options, 2, 1), alone);
        requireSame(draw(options, 2, 3), alone);
        assertThat(alone.get(SEEDS.get(0))).isNotEqualTo(alone.get(SEEDS.get(1)));
    }

    private static void requireSame(Map<Long, int[]> pictures, Map<Long, int[]> expected) {
        SEEDS.forEach(seed -> assertThat(pictures.get(seed)).isEqualTo(expected.get(seed)));
    }

    @Test
    void a_picture_can_be_drawn_from_another() {
        BufferedImage given = new BufferedImage(50, 70, BufferedImage.TYPE_INT_ARGB);
        IntStream.range(0, 50).forEach(i -> given.setRGB(i, i, 0xFF20C040));
        try (DiffusionSynthesizer synthesizer = DiffusionSynthesizer.open(any(), Progress.NONE)) {
            BufferedImage plain = synthesizer.synthesize("a sketch of a dog", "dog", 1);
            BufferedImage restyled = synthesizer.restyle(given, "a sketch of a dog", 0.5, 1);

            assertThat(restyled.getWidth()).isEqualTo(plain.getWidth());
            assertThat(restyled.getHeight()).isEqualTo(plain.getHeight());
            assertThat(pixels(restyled)).isNotEqualTo(pixels(plain));
            assertThat(pixels(synthesizer.restyle(given, "a sketch of a dog", 0.5, 1)))
                    .isEqualTo(pixels(restyled));
            assertThatThrownBy(() -> synthesizer.restyle(given, "a sketch of a dog", 0, 1))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("strength");
        }
    }

    @Test
    void drawing_stops_between_two_steps() {
        AtomicInteger asked = new AtomicInteger();
        List<String> notes = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void note(String text) {
                notes.add(text);
            }

            @Override
            public boolean stopRequested() {
                return asked.incrementAndGet() > 3;
            }
        };
        try (DiffusionSynthesizer synthesizer = DiffusionSynthesizer.open(any().withSteps(8), progress)) {
            assertThatThrownBy(() -> synthesizer.synthesize("a dog", "dog", 1))
                    .isInstanceOfSatisfying(StoppedException.class, stopped -> {
                        assertThat(stopped.done()).isEqualTo(3);
                        assertThat(stopped.steps()).isGreaterThanOrEqualTo(8);
                    });
        }
        assertThat(notes).hasSize(3).last().asString().startsWith("step 2 of ");
    }

    @Test
    void the_description_names_whatever_changes_a_picture() {
        List<DiffusionOptions> others = List.of(
                any().withSteps(3),
                any().withGuidance(1.5),
                any().withSize(64, 96),
                any().withNegativePrompt("blurry"),
                any().withScheduler("dpm-karras"),
                any().withClipSkip(1),
                any().withGuidanceRescale(0.5),
                any().withScheduler("ddim").withEta(0.5));

        Map<String, String> described = describe(any());

        assertThat(others).allSatisfy(options -> assertThat(describe(options)).isNotEqualTo(described));
        assertThat(describe(any())).isEqualTo(described);
        assertThat(described).containsKeys("model", "scheduler", "steps", "guidance", "size", "onnxruntime", "clap4j");
    }

    private static Map<String, String> describe(DiffusionOptions options) {
        try (DiffusionSynthesizer synthesizer = DiffusionSynthesizer.open(options, Progress.NONE)) {
            return synthesizer.describe();
        }
    }

    @Test
    void the_fingerprint_is_of_the_files_that_are_read(@TempDir Path folder) throws Exception {
        Path model = Path.of(any().model());
        try (Stream<Path> files = Files.walk(model)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(model.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        DiffusionOptions copied =
                DiffusionOptions.of(folder.toString()).withSteps(2).withGuidance(3);
        assertThat(describe(copied)).isEqualTo(describe(any()));

        Files.writeString(folder.resolve("unet/diffusion_pytorch_model.bin"), "an unused copy");
        Files.writeString(folder.resolve("README.md"), "about the model");
        assertThat(describe(copied)).isEqualTo(describe(any()));

        Files.writeString(folder.resolve("tokenizer/merges.txt"), "\n", StandardOpenOption.APPEND);
        assertThat(describe(copied)).isNotEqualTo(describe(any()));
    }

    @Test
    void options_that_cannot_be_used_are_refused_before_anything_is_drawn() {
        requireRefused(any().withSteps(0), "The number of steps should be from 1");
        requireRefused(any().withSteps(5000), "at most");
        requireRefused(any().withGuidance(-1), "guidance");
        requireRefused(any().withGuidance(Double.NaN), "guidance");
        requireRefused(any().withSize(65, 64), "multiples of");
        requireRefused(any().withSize(0, 64), "at least one pixel a side, but 0×64 are asked for");
        requireRefused(any().withSize(1 << 20, 64), "of 32 pixels a side and draws up to 128, not 1048576×64: ");
        requireRefused(any().withScheduler("eular"), "did you mean euler?");
        requireRefused(any().withScheduler("euler").withEta(0.5), "Only DDIM takes an eta");
        requireRefused(any().withClipSkip(-1), "clip skip");
        requireRefused(DiffusionOptions.of("no/such/folder"), "no/such/folder");
    }

    private static void requireRefused(DiffusionOptions options, String message) {
        assertThatThrownBy(() -> DiffusionSynthesizer.open(options, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(message);
    }
}
