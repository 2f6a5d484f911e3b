package dev.clap4j.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.FrozenModel;
import dev.clap4j.experiment.ResultQuery;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.WordWorld;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.clip.ClipModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps over prompts with words that must first be learned. */
@Tag("slow")
class LearnedPromptsSweepTests {
    private static final Dataset DATA = WordWorld.dataset("data", "one", "two");

    @TempDir
    static Path folder;

    private static ClipModel clip;

    @BeforeAll
    static void makeModel() {
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), folder.resolve("model"));
        clip = ClipModel.load(folder.resolve("model"));
    }

    @AfterAll
    static void close() {
        if (clip != null) {
            clip.close();
        }
    }

    private static SweepSpec spec(List<String> prompts, List<String> latents, int seeds) {
        return new SweepSpec(
                "sources",
                List.of(),
                null,
                null,
                Map.of("steps", "4", "check-every", "2", "noise-vectors", "0", "batch", "16"),
                Map.of("prompts", prompts, "latent", latents),
                List.of(),
                List.of(1f),
                seeds,
                List.of("zeroshot"));
    }

    private static FeatureMatrix images(List<Path> files, Progress progress) {
        Random random = new Random(1);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            float[] row = new float[clip.embedDim()];
            IntStream.range(0, row.length).forEach(j -> row[j] = (float) random.nextGaussian());
            rows.add(row);
        }
        return FeatureMatrix.ofRows(files.stream().map(Path::toString).toList(), clip.embedDim(), rows);
    }

    private static ResultQuery run(SweepSpec spec, FrozenModel model, String name, RunStart start, Progress progress) {
        Sweep sweep = new Sweep(spec, DATA, progress, warning -> {});
        try (Runner runner = Runner.open(
                folder.resolve(name), start, sweep.record("clap sweep").json(), progress)) {
            sweep.run(0, model, LearnedPromptsSweepTests::images, runner, start == RunStart.RESUME);
            return new ResultQuery(runner.finish());
        }
    }

    @Test
    void stylesAreLearnedOnceForEachSeed() {
        SweepSpec spec = spec(List.of("promptstyler:2", "template"), List.of("8", "16"), 2);
        ToldProgress told = ToldProgress.patient();

        ResultQuery found = run(spec, FrozenModel.of(clip), "sweep", RunStart.NEW, told);

        assertThat(told.parts()).filteredOn("styles"::equals).hasSize(2);
        assertThat(found.of("zeroshot-mean", "method=CLAP")).hasSize(2 * 2 * 2);
        assertThat(found.dimension("prompts", "zeroshot", "method=CLAP"))
                .containsExactlyInAnyOrder("promptstyler:2", "template");
        assertThat(found.dimension(Condition.SEED, "zeroshot", "prompts=promptstyler:2"))
                .containsExactly("0", "1");
        Path model = folder.resolve("sweep/heads/model-0");
        assertThat(model.resolve("promptstyler-2-seed-0.safetensors")).isNotEmptyFile();
        assertThat(model.resolve("promptstyler-2-seed-1.safetensors")).isNotEmptyFile();

        ToldProgress idle = ToldProgress.patient();
        ResultQuery again = run(spec, FrozenModel.of(clip), "sweep", RunStart.RESUME, idle);
        assertThat(idle.parts()).doesNotContain("styles");
        assertThat(again.results().scores()).isEqualTo(found.results().scores());
    }

    @Test
    void featuresAloneDoNotLearnStyles() {
        FrozenModel texts =
                new FrozenModel(FrozenModel.of(clip).backbone(), clip.texts(), clip.engine(), Optional.empty());

        assertThatThrownBy(() -> run(
                        spec(List.of("promptstyler:2"), List.of("8"), 1),
                        texts,
                        "features",
                        RunStart.NEW,
                        Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("Prompts are learned through the model's text encoder");
    }
}
