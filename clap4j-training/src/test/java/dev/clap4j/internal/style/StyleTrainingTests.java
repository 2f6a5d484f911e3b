package dev.clap4j.internal.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Progress;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.LearnedWords;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StyleTrainingTests {
    private static final List<String> CLASSES = List.of("dog", "alarm clock", "house");
    private static final double LEARNING_RATE = 0.002;

    @TempDir
    static Path folder;

    private static ClipModel clip;

    @BeforeAll
    static void makeModel() {
        Path model = folder.resolve("model");
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), model);
        clip = ClipModel.load(model);
    }

    @AfterAll
    static void close() {
        if (clip != null) {
            clip.close();
        }
    }

    private static double cosine(float[] x, float[] y) {
        double dot = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            dot += (double) x[i] * y[i];
            xx += (double) x[i] * x[i];
            yy += (double) y[i] * y[i];
        }
        return dot / Math.sqrt(xx * yy);
    }

    /** The objective as the paper has it, in double precision, with features from ONNX Runtime. */
    private static double reference(float[][] style, List<LearnedStyle> earlier) {
        LearnedWords words = new LearnedWords(clip.texts(), Map.of("S*1", style));
        List<String> prompts = new ArrayList<>(List.of("a S*1 style of a"));
        CLASSES.forEach(name -> prompts.add("a S*1 style of a " + name));
        FeatureMatrix styled = words.encode(prompts);
        FeatureMatrix names = clip.texts().encode(CLASSES);
        double diversity = earlier.stream()
                .mapToDouble(other -> Math.abs(cosine(styled.row(0), other.feature())))
                .average()
                .orElse(0);
        double consistency = 0;
        for (int i = 0; i < CLASSES.size(); i++) {
            double sum = 0;
            for (int j = 0; j < CLASSES.size(); j++) {
                sum += Math.exp(cosine(styled.row(i + 1), names.row(j)));
            }
            consistency += (Math.log(sum) - cosine(styled.row(i + 1), names.row(i))) / CLASSES.size();
        }
        return diversity + consistency;
    }

    private static float[][] draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] vectors = new float[StyleTraining.VECTORS][clip.texts().contextWidth()];
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) random.nextGaussian() / 20;
            }
        }
        return vectors;
    }

    @Test
    void aStepGoesDownTheGradientOfTheObjective() {
        List<LearnedStyle> earlier = List.of(
                new LearnedStyle(
                        draw(1),
                        clip.texts().encode(List.of("a red style of a")).row(0)),
                new LearnedStyle(
                        draw(2), clip.texts().encode(List.of("an old house")).row(0)));
        float[][] start = draw(3);
        try (StyleObjective objective = StyleObjective.of(clip, CLASSES, StyleTraining.VECTORS, 3)) {
            StyleFit fit = new StyleFit(objective, earlier, start);
            // float32 in two implementations.
            assertThat(fit.step()).isCloseTo(reference(start, earlier), within(1e-5));
            float[][] after = fit.style().vectors();
            SplittableRandom random = new SplittableRandom(4);
            for (int probe = 0; probe < 6; probe++) {
                float[][] direction = draw(random.nextLong());
                double along = 0;
                double squares = 0;
                for (int v = 0; v < start.length; v++) {
                    for (int i = 0; i < start[v].length; i++) {
                        along += (start[v][i] - after[v][i]) / LEARNING_RATE * direction[v][i];
                        squares += (double) direction[v][i] * direction[v][i];
                    }
                }
                double step = 0.02 / Math.sqrt(squares);
                double difference = (reference(moved(start, direction, step), earlier)
                                - reference(moved(start, direction, -step), earlier))
                        / (2 * step);
                // Losses are known to about 1e-6, so differences over 0.04 of a length to 1e-4 of it.
                assertThat(along)
                        .isCloseTo(difference, within(2e-4 * Math.sqrt(squares) + 0.01 * Math.abs(difference)));
                assertThat(Math.abs(difference)).isGreaterThan(0);
            }
        }
    }

    private static float[][] moved(float[][] from, float[][] direction, double step) {
        float[][] to = new float[from.length][];
        for (int v = 0; v < from.length; v++) {
            to[v] = from[v].clone();
            for (int i = 0; i < to[v].length; i++) {
                to[v][i] += (float) (step * direction[v][i]);
            }
        }
        return to;
    }

    @Test
    void momentumCarriesOn() {
        float[][] start = draw(3);
        try (StyleObjective objective = StyleObjective.of(clip, CLASSES, StyleTraining.VECTORS, 1)) {
            StyleFit fit = new StyleFit(objective, List.of(), start);
            fit.step();
            float[][] one = fit.style().vectors();
            fit.step();
            float[][] two = fit.style().vectors();
            StyleFit alone = new StyleFit(objective, List.of(), one);
            alone.step();
            float[][] withoutPast = alone.style().vectors();
            for (int i = 0; i < start[0].length; i++) {
                // A second step is what a first one from there would be, and 0.9 of the step before.
                double expected = withoutPast[0][i] + 0.9 * (one[0][i] - start[0][i]);
                assertThat((double) two[0][i]).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void stylesDifferFromOneAnotherAndKeepTheClasses() {
        ToldProgress told = ToldProgress.patient();
        List<LearnedStyle> styles =
                new StyleTraining(clip, CLASSES, 5).train(2, folder.resolve("learned.safetensors"), told);
        assertThat(styles).hasSize(2);
        assertThat(told.part()).isEqualTo("styles");
        assertThat(told.done()).isEqualTo(told.steps()).isEqualTo(2);
        double[] losses = told.notes().stream()
                .mapToDouble(note -> Double.parseDouble(note.substring("loss ".length())))
                .toArray();
        assertThat(losses).hasSize(200);
        for (int style = 0; style < 2; style++) {
            assertThat(losses[100 * style + 99]).isLessThan(losses[100 * style]);
            float[] feature = new LearnedWords(
                            clip.texts(), Map.of("S*1", styles.get(style).vectors()))
                    .encode(List.of("a S*1 style of a"))
                    .row(0);
            assertThat(cosine(feature, styles.get(style).feature())).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void whatIsLearnedIsKeptAndGoneOnWith() throws IOException {
        Path whole = folder.resolve("whole.safetensors");
        StyleTraining training = new StyleTraining(clip, CLASSES, 6);
        training.train(2, whole, Progress.NONE);

        Path stopped = folder.resolve("stopped.safetensors");
        ToldProgress stopping = ToldProgress.stopping(told -> told.notes().size() == 150);
        assertThatThrownBy(() -> training.train(2, stopped, stopping))
                .isInstanceOfSatisfying(
                        StoppedException.class, e -> assertThat(e.done()).isEqualTo(1));
        assertThat(stopping.notes()).hasSize(150);
        ToldProgress resuming = ToldProgress.patient();
        List<LearnedStyle> resumed = training.train(2, stopped, resuming);
        assertThat(resuming.before()).isEqualTo(1);
        assertThat(resuming.notes()).hasSize(100);
        assertThat(stopped).hasBinaryContent(Files.readAllBytes(whole));

        ToldProgress idle = ToldProgress.patient();
        assertThat(training.train(1, stopped, idle)).hasSize(1);
        assertThat(idle.notes()).isEmpty();
        List<LearnedStyle> otherSeed = new StyleTraining(clip, CLASSES, 7).train(1, stopped, Progress.NONE);
        assertThat(Arrays.equals(otherSeed.get(0).feature(), resumed.get(0).feature()))
                .isFalse();
    }

    @Test
    void stylesInADamagedFileAreLearnedAgain() throws IOException {
        Path file = folder.resolve("damaged.safetensors");
        StyleTraining training = new StyleTraining(clip, CLASSES, 7);
        training.train(1, file, Progress.NONE);
        byte[] whole = Files.readAllBytes(file);
        SafetensorsFile saved = SealedTensors.open(file);
        Map<String, String> metadata = Map.of("fingerprint", saved.metadata().get("fingerprint"));
        TensorData features = saved.get("features");
        TensorData vectors = saved.get("vectors");
        byte[] flipped = whole.clone();
        flipped[whole.length - 1] ^= 1;
        byte[] cut = Arrays.copyOf(whole, whole.length - 4);
        List<Runnable> contents = List.of(
                () -> write(file, flipped),
                () -> write(file, cut),
                () -> SealedTensors.write(file, metadata, List.of(features)),
                () -> SealedTensors.write(file, metadata, List.of(features, vectors.reshape(vectors.elements()))),
                () -> SealedTensors.write(file, metadata, List.of(features, features.named("vectors"))),
                () -> SealedTensors.write(file, metadata, List.of(vectors.named("features"), vectors)));
        for (Runnable content : contents) {
            content.run();
            ToldProgress told = ToldProgress.patient();
            training.train(1, file, told);
            assertThat(told.notes()).hasSize(100);
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
