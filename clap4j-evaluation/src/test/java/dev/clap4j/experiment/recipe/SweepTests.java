package dev.clap4j.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.FrozenModel;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.ResultQuery;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.WordWorld;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.HeadHyperparameters;
import dev.clap4j.training.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTests {
    private static final Dataset DATA = WordWorld.dataset("data", "one", "two");
    private static final Map<String, String> SHORT =
            Map.of("steps", "80", "check-every", "40", "lr", "1e-3", "noise-vectors", "0", "batch", "16");
    private static final SweepSpec SPEC =
            spec(SHORT, Map.of("latent", List.of("8", "16")), List.of(), List.of(0.2f, 1f), 2, "zeroshot");

    @TempDir
    static Path folder;

    private static WordWorld world;
    private static ResultQuery found;

    private static SweepSpec spec(
            Map<String, String> options,
            Map<String, List<String>> grid,
            List<Map<String, String>> points,
            List<Float> alphas,
            int seeds,
            String... measures) {
        return new SweepSpec(
                "latent and tau", List.of(), null, null, options, grid, points, alphas, seeds, List.of(measures));
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

    private static Results run(SweepSpec spec, WordWorld world, Path out, RunStart start, Progress progress) {
        Sweep sweep = new Sweep(spec, DATA, progress, warning -> {});
        ObjectNode record = sweep.record("clap sweep").json();
        FrozenModel model =
                new FrozenModel(new Backbone("words", "none", "ort"), world, OrtEngine.create(), Optional.empty());
        try (Runner runner = Runner.open(out, start, record, progress)) {
            sweep.run(0, model, (files, inside) -> images(world, files, inside), runner, start == RunStart.RESUME);
            return runner.finish();
        }
    }

    private static ResultQuery run(SweepSpec spec, String name) {
        return new ResultQuery(run(spec, new WordWorld(), folder.resolve(name), RunStart.NEW, Progress.NONE));
    }

    @BeforeAll
    static void sweepOnce() {
        world = new WordWorld();
        found = new ResultQuery(run(SPEC, world, folder.resolve("whole"), RunStart.NEW, Progress.NONE));
    }

    @Test
    void everySettingIsMeasuredOverAllSeeds() {
        assertThat(found.of("zeroshot-mean", "method=CLAP"))
                .extracting(score -> score.condition().title())
                .containsExactly(
                        "CLAP α=0.2 seed=0 latent=8",
                        "CLAP α=1.0 seed=0 latent=8",
                        "CLAP α=0.2 seed=1 latent=8",
                        "CLAP α=1.0 seed=1 latent=8",
                        "CLAP α=0.2 seed=0 latent=16",
                        "CLAP α=1.0 seed=0 latent=16",
                        "CLAP α=0.2 seed=1 latent=16",
                        "CLAP α=1.0 seed=1 latent=16");
        assertThat(found.values("zeroshot-mean")).doesNotContain(100.0);
        assertThat(found.of("zeroshot-mean", "method=CLIP"))
                .extracting(score -> score.condition().title())
                .containsExactly("CLIP");
    }

    /** The figures of sweeps before they were experiments; another processor may decide an answer of 128 otherwise. */
    @Test
    void figuresStayWhatTheyWere() {
        assertThat(found.mean("zeroshot", "method=CLIP", "prompt=C")).isEqualTo(75);
        assertThat(found.mean("zeroshot", "method=CLIP", "prompt=PC")).isEqualTo(71.09375);
        assertThat(found.mean("zeroshot-range", "method=CLIP")).isCloseTo(3.90625, within(1e-9));
        Map<String, double[]> kept = Map.of(
                "latent=8 alpha=0.2", new double[] {72.13541666666667, 71.875, 4.6875, 3.90625, 0, -0.78125},
                "latent=8 alpha=1.0", new double[] {66.40625, 67.44791666666667, 3.125, 4.6875, -0.78125, 0},
                "latent=16 alpha=0.2", new double[] {72.65625, 71.61458333333333, 6.25, 3.90625, 1.5625, -0.78125},
                "latent=16 alpha=1.0", new double[] {65.36458333333333, 65.625, 1.5625, 4.6875, 1.5625, 3.90625});
        List<String> measures = List.of("zeroshot-mean", "zeroshot-range", "zeroshot-noise-drop");
        kept.forEach((condition, values) -> {
            for (int i = 0; i < values.length; i++) {
                String[] point = (condition + " seed=" + i % 2).split(" ");
                assertThat(found.mean(measures.get(i / 2), point))
                        .as("%s of %s", measures.get(i / 2), condition)
                        .isCloseTo(values[i], within(0.79));
            }
        });
    }

    /** Without α in the specification, that of the preset, or else the one that heads suggest, is measured. */
    @Test
    void theUsualStrengthIsTheHeadsOwn() {
        Map<String, String> options = Map.of("steps", "2", "check-every", "2", "noise-vectors", "0", "batch", "16");

        ResultQuery own = run(spec(options, Map.of(), List.of(), List.of(), 1, "zeroshot"), "own");

        float usual = Defaults.forClasses(WordWorld.CLASSES, WordWorld.DIM).alpha();
        assertThat(usual).isEqualTo(0.1f);
        assertThat(own.dimension(Condition.ALPHA, "zeroshot", "method=CLAP")).containsExactly(String.valueOf(usual));
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

    /** The same figures from a head that is trained by itself, and from the measurement by itself. */
    @Test
    void scoresAreThoseOfHeadsTrainedAlone() {
        ClapOptions options =
                Defaults.forClasses(WordWorld.CLASSES, WordWorld.DIM).withSeed(1);
        for (Map.Entry<String, String> option : SHORT.entrySet()) {
            options = HeadHyperparameters.swept(option.getKey()).with(options, option.getValue());
        }
        options = HeadHyperparameters.swept("latent").with(options, "16");
        WordWorld own = new WordWorld();
        Path file = new ClapTrainer(options, new Backbone("words", "none", "ort"), own)
                .train(folder.resolve("alone"))
                .head();
        Head head = Head.load(file);
        EncodedDataset images = EncodedDataset.of(DATA, images(own, DATA.files(), Progress.NONE));
        Subject subject =
                new Subject(Optional.empty(), own, images, List.of(Method.clap(head::apply, 1)), Condition.NONE);

        ResultQuery alone = new ResultQuery(new Trial(subject, new ZeroShot(ZeroShot.STYLES, 64, 0)).results());

        for (String measure : List.of("zeroshot", "zeroshot-range", "zeroshot-deviation", "zeroshot-noise-drop")) {
            assertThat(found.values(measure, "latent=16", "seed=1", "alpha=1.0"))
                    .isEqualTo(alone.values(measure));
        }
    }

    /** Stopped after so many questions, again and again, a sweep ends where an unstopped one does. */
    @Test
    void aStoppedSweepGoesOnToTheSameScores() throws IOException {
        Path parts = folder.resolve("parts");
        int stops = 0;
        RunStart start = RunStart.NEW;
        while (true) {
            ToldProgress impatient = ToldProgress.stoppingAtQuestion(150 + 100 * stops);
            try {
                run(SPEC, new WordWorld(), parts, start, impatient);
                break;
            } catch (StoppedException e) {
                assertThat(e.done()).isLessThan(e.steps());
            }
            start = RunStart.RESUME;
            stops++;
        }
        assertThat(stops).isPositive();
        assertThat(parts.resolve("scores.jsonl")).hasSameBinaryContentAs(folder.resolve("whole/scores.jsonl"));
        Path cells = parts.resolve("cells.jsonl");
        String all = Files.readString(cells);
        Files.writeString(cells, all.substring(0, all.length() - 20));
        run(SPEC, new WordWorld(), parts, RunStart.RESUME, Progress.NONE);
        assertThat(parts.resolve("scores.jsonl")).hasSameBinaryContentAs(folder.resolve("whole/scores.jsonl"));
        assertThat(cells).hasContent(all);
    }

    /** A finished sweep that is resumed trains, measures and encodes nothing. */
    @Test
    void aFinishedSweepDoesNothingAgain() {
        Path out = folder.resolve("finished");
        SweepSpec small = spec(SHORT, Map.of("latent", List.of("8")), List.of(), List.of(1f), 1, "zeroshot");
        Results first = run(small, new WordWorld(), out, RunStart.NEW, Progress.NONE);
        WordWorld idle = new WordWorld();

        Results again = run(small, idle, out, RunStart.RESUME, Progress.NONE);

        assertThat(again.scores()).isEqualTo(first.scores());
        assertThat(idle.encoded).isEmpty();
    }

    @Test
    void pointsAreTrainedInsteadOfAGrid() {
        List<Map<String, String>> points =
                List.of(Map.of("augment", "EDA", "noise-vectors", "0"), Map.of("augment", "SPO", "noise-vectors", "4"));
        Map<String, String> options = Map.of("steps", "4", "check-every", "2", "batch", "16");

        ResultQuery two = run(spec(options, Map.of(), points, List.of(1f), 1, "zeroshot"), "points");

        assertThat(two.of("zeroshot-mean", "method=CLAP")).hasSize(2);
        assertThat(two.of("zeroshot-mean", "augment=EDA", "noise-vectors=0")).hasSize(1);
        assertThat(two.of("zeroshot-mean", "augment=SPO", "noise-vectors=4")).hasSize(1);
    }

    @Test
    void everyMeasurementThatIsNamedIsTaken() {
        SweepSpec both = spec(
                Map.of("steps", "4", "check-every", "2", "batch", "16", "noise-vectors", "0"),
                Map.of("latent", List.of("8")),
                List.of(),
                List.of(0.2f, 1f),
                1,
                "zeroshot",
                "retrieval");

        ResultQuery two = run(both, "both");

        assertThat(two.of("retrieval-map", "method=CLIP")).hasSize(2);
        assertThat(two.dimension(Condition.ALPHA, "retrieval-map", "latent=8")).containsExactly("0.2", "1.0");
        assertThat(two.dimension(Condition.ALPHA, "zeroshot", "latent=8")).containsExactly("0.2", "1.0");
    }
}
