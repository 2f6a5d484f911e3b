package dev.clap4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.training.BadPromptedImages;
import dev.clap4j.training.HeadNetwork;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.PromptedImages;
import dev.clap4j.training.TrainingResult;
import dev.clap4j.training.TrainingResult.Outcome;
import dev.clap4j.training.Views;
import dev.clap4j.training.objective.ImAugObjective;
import dev.clap4j.training.objective.PairLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImAugTrainerTests {
    private static final ImAugOptions OPTIONS = FakeViewEncoder.options();
    private static final Backbone BACKBONE = new Backbone("fake", "f00d", "none");

    @TempDir
    private Path folder;

    private final FakeViewEncoder encoder = new FakeViewEncoder();
    private PromptedImages images;

    @BeforeEach
    void putImages() throws IOException {
        images = FakeViewEncoder.images(folder.resolve("pictures"));
        for (PromptedImages.Prompt prompt : images.prompts()) {
            for (String image : prompt.images()) {
                BadPromptedImages.put(images.folder().resolve(image));
            }
        }
    }

    private TrainingResult train(Path run, ImAugOptions options, RunStart start, Progress progress) {
        return new ImAugTrainer(options, BACKBONE, images, encoder).train(run, start, "clap train", progress);
    }

    private byte[] uninterrupted(ImAugOptions options) throws IOException {
        Path whole = folder.resolve("whole");
        train(whole, options, RunStart.NEW, Progress.NONE);
        return Files.readAllBytes(whole.resolve("head.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "fresh"})
    void aRunInterruptedAnywhereGivesTheSameHead(String views) throws IOException {
        ImAugOptions options = OPTIONS.withViews(Views.parse(views));
        byte[] whole = uninterrupted(options);
        Path run = folder.resolve("run");
        RunStart start = RunStart.NEW;
        List<Predicate<ToldProgress>> moments = List.of(
                at -> at.note().startsWith("planning"),
                at -> at.note().matches("encoding [1-9].*"),
                at -> at.part().equals("training") && at.done() == 7,
                at -> at.part().equals("training")
                        && at.done() == 20
                        && at.note().startsWith("encoding"),
                at -> at.part().equals("training") && at.done() == 59);
        for (Predicate<ToldProgress> moment : moments) {
            RunStart how = start;
            assertThatThrownBy(() -> train(run, options, how, ToldProgress.stopping(moment)))
                    .isInstanceOf(StoppedException.class);
            start = RunStart.RESUME;
        }
        TrainingResult result = train(run, options, start, Progress.NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.ALL_STEPS);
        assertThat(run.resolve("head.safetensors")).hasBinaryContent(whole);
        assertThat(run.resolve("features")).doesNotExist();
    }

    @Test
    void readingTheImagesIsReportedAndCanBeStopped() {
        Path run = folder.resolve("reading");
        ToldProgress told = ToldProgress.stopping(at -> at.part().equals("reading images") && at.done() >= 7);
        assertThatThrownBy(() -> train(run, OPTIONS, RunStart.NEW, told)).isInstanceOf(StoppedException.class);
        assertThat(told.parts()).containsExactly("reading images");
        assertThat(told.steps()).isEqualTo(48);
        assertThat(run).doesNotExist();
    }

    @Test
    void otherViewsGiveAnotherHead() throws IOException {
        byte[] head = uninterrupted(OPTIONS);
        Path other = folder.resolve("other");
        train(other, OPTIONS.withViews(Views.FRESH), RunStart.NEW, Progress.NONE);
        assertThat(Files.readAllBytes(other.resolve("head.safetensors"))).isNotEqualTo(head);
    }

    @Test
    void everyImageAndEveryCachedViewIsEncodedOnce() {
        train(folder.resolve("run"), OPTIONS, RunStart.NEW, Progress.NONE);
        assertThat(encoder.encoded).doesNotHaveDuplicates();
        assertThat(encoder.encoded).filteredOn(ImageView::isPlain).hasSize(48);
        assertThat(encoder.encoded).filteredOn(view -> !view.isPlain()).hasSizeBetween(100, 48 * 4);
    }

    @Test
    void freshViewsAreEncodedForEveryStep() {
        train(folder.resolve("run"), OPTIONS.withViews(Views.FRESH), RunStart.NEW, Progress.NONE);
        assertThat(encoder.encoded).filteredOn(ImageView::isPlain).hasSize(48);
        assertThat(encoder.encoded).filteredOn(view -> !view.isPlain()).hasSize(60 * 8);
    }

    /** The untrained head leaves features as they are, so the first loss is that of the features themselves. */
    @Test
    void theFirstLossIsNtXentOfImagesAndViews() throws IOException {
        train(folder.resolve("run"), OPTIONS, RunStart.NEW, Progress.NONE);
        JsonNode first = new ObjectMapper()
                .readTree(
                        Files.readAllLines(folder.resolve("run/metrics.jsonl")).get(0));
        PlannedViews step = new ImAugPlan(OPTIONS, images).interval(0).get(0);
        List<float[]> rows = new ArrayList<>();
        step.images().forEach(image -> rows.add(FakeViewEncoder.feature(image)));
        step.views().forEach(view -> rows.add(FakeViewEncoder.feature(view)));
        // Float sums of 16 products round to about 1e-6.
        assertThat(first.get("loss").asDouble()).isCloseTo(ntXent(rows, 0.5), within(1e-5));
        assertThat(first.fieldNames()).toIterable().containsExactly("step", "loss", "seconds");
    }

    private static double ntXent(List<float[]> rows, double temperature) {
        int n = rows.size() / 2;
        double sum = 0;
        for (int i = 0; i < 2 * n; i++) {
            double all = 0;
            for (int j = 0; j < 2 * n; j++) {
                all += j == i ? 0 : Math.exp(cosine(rows.get(i), rows.get(j)) / temperature);
            }
            sum += Math.log(all) - cosine(rows.get(i), rows.get((i + n) % (2 * n))) / temperature;
        }
        return sum / (2 * n);
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squaresOfA += (double) a[i] * a[i];
            squaresOfB += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(squaresOfA * squaresOfB);
    }

    @Test
    void theHeadSaysWhereItComesFrom() throws IOException {
        TrainingResult result = train(folder.resolve("run"), OPTIONS, RunStart.NEW, Progress.NONE);
        Head head = Head.load(result.head());
        HeadNetwork trained = OPTIONS.network();
        assertThat(HeadAccess.network(head))
                .isEqualTo(new ResidualMlp(
                        trained.inDim(), trained.latentDim(), trained.outDim(), trained.repeat(), Activation.SILU));
        assertThat(head.info().objective()).isEqualTo("im-aug");
        assertThat(head.info().classes()).containsExactly("cat", "dog", "house");
        assertThat(head.info().backboneFingerprint()).isEqualTo("f00d");
        assertThat(head.info().hyperparameters())
                .containsEntry("tau", "0.5")
                .containsEntry("views", "4")
                .containsEntry("augment", "crop=0.64,brightness=0.5,hue=0.3")
                .doesNotContainKeys("lambda", "noise-vectors");
        JsonNode run =
                new ObjectMapper().readTree(folder.resolve("run/run.json").toFile());
        assertThat(run.get("objective").asText()).isEqualTo("im-aug");
        assertThat(run.at("/images/count").asInt()).isEqualTo(48);
        assertThat(run.has("prompts")).isFalse();
    }

    @Test
    void resumingSomethingElseIsRefused() throws IOException {
        uninterrupted(OPTIONS);
        Path whole = folder.resolve("whole");
        assertThatThrownBy(() -> train(whole, OPTIONS.withViews(new Views(2)), RunStart.RESUME, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage("The run in " + whole + " was started with views 4, but now it is 2");
        ImAugOptions colder = OPTIONS.withObjective(new ImAugObjective(PairLoss.ntXent(0.1)));
        assertThatThrownBy(() -> train(whole, colder, RunStart.RESUME, Progress.NONE))
                .hasMessage("The run in " + whole + " was started with tau 0.5, but now it is 0.1");
        ClapTrainer clap = new ClapTrainer(FakeEncoder.options(), BACKBONE, new FakeEncoder());
        assertThatThrownBy(() -> clap.train(whole, RunStart.RESUME, "", Progress.NONE))
                .hasMessage("The run in " + whole + " was started with objective im-aug, but now it is clap");
        Files.write(images.folder().resolve("cat/0/0.png"), new byte[] {9, 9, 9, 9});
        assertThatThrownBy(() -> train(whole, OPTIONS, RunStart.RESUME, Progress.NONE))
                .hasMessageStartingWith("The run in " + whole + " was started with the images' fingerprint ");
    }

    @Test
    void viewsAreReadAndWritten() {
        assertThat(Views.parse("fresh")).isEqualTo(Views.FRESH);
        assertThat(Views.parse(Views.CACHED.describe())).isEqualTo(Views.CACHED);
        for (String bad : List.of("0", "-1", "many", "1.5")) {
            assertThatThrownBy(() -> Views.parse(bad))
                    .isInstanceOf(ClapException.class)
                    .hasMessage("The views of an image are a number from 1 on, or fresh, not \"" + bad + "\"");
        }
    }
}
