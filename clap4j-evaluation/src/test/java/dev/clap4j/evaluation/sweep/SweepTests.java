package dev.clap4j.evaluation.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.ZeroShotProtocol;
import dev.clap4j.experiment.PromptSet;
import dev.clap4j.experiment.WordWorld;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.HeadHyperparameters;
import dev.clap4j.training.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTests {
    private static final Dataset DATA = WordWorld.dataset("data", "one", "two");
    private static final SweepSpec SPEC = new SweepSpec(
            "latent and tau",
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of("steps", "80", "check-every", "40", "lr", "1e-3", "noise-vectors", "0", "batch", "16"),
            Map.of("latent", List.of("8", "16")),
            List.of(0.2f, 1f),
            2);

    @TempDir
    static Path folder;

    private static WordWorld world;
    private static SweepResult result;

    private record Words(WordWorld world) implements Sweep.Model {
        @Override
        public Backbone backbone() {
            return new Backbone("words", "none", "ort");
        }

        @Override
        public PromptEncoder texts() {
            return world;
        }

        @Override
        public Engine engine() {
            return OrtEngine.create();
        }

        @Override
        public FeatureMatrix images(List<Path> files, Progress progress) {
            return SweepTests.images(world, files, progress);
        }
    }

    /** The world's images, seen so badly that not all are told apart. */
    private static FeatureMatrix images(WordWorld world, List<Path> files, Progress progress) {
        Random random = new Random(1);
        List<float[]> rows = new ArrayList<>();
        FeatureMatrix clear = world.images(files, progress);
        for (int i = 0; i < clear.rows(); i++) {
            float[] row = clear.row(i).clone();
            for (int j = 0; j < row.length; j++) {
                row[j] += (float) (2.5 * random.nextGaussian());
            }
            rows.add(row);
        }
        return FeatureMatrix.ofRows(clear.ids(), WordWorld.DIM, rows);
    }

    @BeforeAll
    static void sweepOnce() {
        world = new WordWorld();
        Sweep sweep = new Sweep(SPEC, DATA, Path.of(folder + "/whole"), false, Progress.NONE, warning -> {});
        sweep.run(0, new Words(world));
        result = sweep.result();
    }

    @Test
    void everySettingIsMeasuredOverAllSeeds() {
        assertThat(result.rows()).hasSize(4);
        assertThat(result.rows())
                .extracting(SweepResult.Row::all)
                .containsExactly(
                        Map.of("latent", "8", "alpha", "0.2"),
                        Map.of("latent", "8", "alpha", "1.0"),
                        Map.of("latent", "16", "alpha", "0.2"),
                        Map.of("latent", "16", "alpha", "1.0"));
        assertThat(result.rows())
                .allSatisfy(row -> assertThat(row.clean().values()).hasSize(2));
        assertThat(result.rows()).extracting(row -> row.clean().mean()).doesNotContain(100.0);
        assertThat(result.axes()).containsExactly("latent", "alpha");
        assertThat(result.along("alpha"))
                .hasSize(2)
                .contains(result.rows().get(result.best().places().get(0)));
    }

    @Test
    void theBestHasTheHighestMean() {
        double best = result.rows().get(result.best().places().get(0)).clean().mean();
        assertThat(result.rows())
                .allSatisfy(row -> assertThat(row.clean().mean()).isLessThanOrEqualTo(best));
    }

    /** Without a strength in the specification, that of the preset, or else the one that heads suggest, is measured. */
    @Test
    void theUsualStrengthIsTheHeadsOwn() {
        SweepSpec own = new SweepSpec(
                "own",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of("steps", "2", "check-every", "2", "noise-vectors", "0", "batch", "16"),
                Map.of(),
                List.of(),
                1);
        Sweep sweep = new Sweep(own, DATA, folder.resolve("own"), false, Progress.NONE, warning -> {});
        sweep.run(0, new Words(new WordWorld()));

        assertThat(sweep.result().rows()).hasSize(1);
        assertThat(sweep.result().rows().get(0).alpha())
                .isEqualTo(Defaults.forClasses(WordWorld.CLASSES, WordWorld.DIM).alpha())
                .isEqualTo(0.1f);
        for (Preset preset : Preset.values()) {
            assertThat(preset.options(preset.classes(), 512).alpha())
                    .as("what a sweep with that preset measures")
                    .isNotEqualTo(1);
        }
    }

    @Test
    void everyTextIsEncodedOnce() {
        assertThat(world.encoded).doesNotHaveDuplicates();
    }

    /** The same figures from a head that is trained by itself, and from the protocol by itself. */
    @Test
    void cellsAreThoseOfHeadsTrainedAlone() {
        ClapOptions options =
                Defaults.forClasses(WordWorld.CLASSES, WordWorld.DIM).withSeed(1);
        for (Map.Entry<String, String> option : SPEC.options().entrySet()) {
            options = HeadHyperparameters.swept(option.getKey()).with(options, option.getValue());
        }
        options = HeadHyperparameters.swept("latent").with(options, "16");
        WordWorld own = new WordWorld();
        Path head = new ClapTrainer(options, new Backbone("words", "none", "ort"), own)
                .train(folder.resolve("alone"))
                .head();
        EncodedDataset images = EncodedDataset.of(DATA, images(own, DATA.files(), Progress.NONE));
        MethodResult alone = new ZeroShotProtocol(DATA, images.images(), own, 64, 0)
                .run(
                        Arrays.stream(PromptStyle.values()).map(PromptSet::of).toList(),
                        List.of(Method.clap(Head.load(head)::apply, 1)))
                .get(0);
        SweepResult.Row row = result.rows().get(3);
        assertThat(row.range().values().get(1)).isCloseTo(alone.range(), within(1e-9));
        assertThat(row.noiseDrop().values().get(1)).isCloseTo(alone.noiseDrop(), within(1e-9));
        alone.prompts().forEach(prompt -> assertThat(
                        row.accuracy().get(prompt.prompt()).values().get(1))
                .isCloseTo(prompt.mean(), within(1e-9)));
    }

    /** Stopped after so many questions, again and again, a sweep ends where an unstopped one does. */
    @Test
    void aStoppedSweepGoesOnToTheSameResult() throws IOException {
        Path parts = folder.resolve("parts");
        int stops = 0;
        boolean resume = false;
        while (true) {
            int patience = 150 + 100 * stops;
            ToldProgress impatient = ToldProgress.stoppingAtQuestion(patience);
            Sweep sweep = new Sweep(SPEC, DATA, parts, resume, impatient, warning -> {});
            try {
                sweep.run(0, new Words(new WordWorld()));
                assertThat(sweep.result()).isEqualTo(result);
                break;
            } catch (StoppedException e) {
                assertThat(e.done()).isLessThan(e.steps());
            }
            resume = true;
            stops++;
        }
        assertThat(stops).isPositive();
        Path cells = parts.resolve("cells.jsonl");
        String all = Files.readString(cells);
        Files.writeString(cells, all.substring(0, all.length() - 20));
        Sweep damaged = new Sweep(SPEC, DATA, parts, true, Progress.NONE, warning -> {});
        damaged.run(0, new Words(new WordWorld()));
        assertThat(damaged.result()).isEqualTo(result);
        assertThat(Files.readAllLines(cells)).hasSameSizeAs(all.lines().toList());
    }
}
