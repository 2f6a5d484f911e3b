package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --features}: features computed elsewhere instead of images and a model. */
class FeaturesOptionTests {
    private static final int CLASSES = 3;
    private static final int IMAGES = 36;
    private static final int DIM = 8;

    @TempDir
    private Path folder;

    private Path clean;
    private Path noisy;

    @BeforeEach
    void write() {
        clean = write("clean.safetensors", 0.1);
        noisy = write("noisy.safetensors", 3);
    }

    /** Features of a class are its axis and noise; images are of two domains in turn. */
    private Path write(String name, double noise) {
        Random random = new Random(5);
        float[] images = new float[IMAGES * DIM];
        float[] texts = new float[CLASSES * DIM];
        for (int i = 0; i < IMAGES; i++) {
            for (int j = 0; j < DIM; j++) {
                images[i * DIM + j] = (float) (noise * random.nextGaussian() + (j == i % CLASSES ? 1 : 0));
            }
        }
        for (int c = 0; c < CLASSES; c++) {
            texts[c * DIM + c] = 1;
        }
        long[] labels = LongStream.range(0, IMAGES).map(i -> i % CLASSES).toArray();
        long[] domains = LongStream.range(0, IMAGES).map(i -> i / CLASSES % 2).toArray();
        Path file = folder.resolve(name);
        SafetensorsFile.write(
                file,
                Map.of("classes", "[\"dog\", \"cat\", \"fish\"]", "domains", "[\"photo\", \"art\"]"),
                List.of(
                        TensorData.of("images", images, IMAGES, DIM),
                        TensorData.of("labels", labels, IMAGES),
                        TensorData.of("domains", domains, IMAGES),
                        TensorData.of("texts", texts, CLASSES, DIM)));
        return file;
    }

    private CommandRun measure(String command, Object... options) {
        List<Object> all =
                new ArrayList<>(List.of(command, "--features", "CLIP=" + noisy, "--features", "Mine=" + clean));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray());
    }

    @Test
    void methodsOfOtherProgramsAreCompared() throws IOException {
        Path out = folder.resolve("run");

        CommandRun run = measure("zeroshot", "--out", out);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("36 images, 3 classes", "Mine, compared with CLIP, is better in ")
                .containsPattern("Mine .* 100\\.00 +100\\.00 +100\\.00");
        JsonNode record = new JsonMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.at("/data").size()).isEqualTo(1);
        assertThat(ScoreRows.in(out).each("method")).containsExactly("CLIP", "Mine");
        assertThat(CommandRun.of("report", out, "--out", folder.resolve("page.html"))
                        .out())
                .contains("Mine is");
    }

    @Test
    void probesNeedNoTexts() {
        ScoreRows rows = ScoreRows.of(measure("fewshot", "--shots", "1,2", "--seeds", 2, "--json"));

        assertThat(rows.with("measure", "probe").values()).hasSize(2 * 2 * 2 * 2);
        assertThat(rows.with("measure", "probe", "method", "Mine").mean()).isGreaterThan(90);
    }

    @Test
    void retrievalAndVarianceAreThoseOfTheFeatures() {
        ScoreRows retrieval = ScoreRows.of(measure("retrieval", "--json"));
        assertThat(retrieval
                        .with("measure", "retrieval-recall-1", "method", "Mine")
                        .mean())
                .isCloseTo(100, within(1e-9));
        assertThat(retrieval
                        .with("measure", "retrieval-recall-1", "method", "CLIP")
                        .mean())
                .isLessThan(90);
        ScoreRows variance = ScoreRows.of(measure("variance", "--json"));
        assertThat(variance.with("measure", "variance-class", "method", "Mine").mean())
                .isGreaterThan(80);
    }

    @Test
    void mistakesAreExplained() {
        CommandRun both = measure("zeroshot", "--data", folder);
        assertThat(both.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(both.err()).startsWith("clap: --features stand for images, model and heads; leave out --data");

        CommandRun missing = CommandRun.of("zeroshot", "--features", folder.resolve("none.safetensors"));
        assertThat(missing.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(missing.err())
                .startsWith("clap: ")
                .contains("none.safetensors")
                .hasLineCount(1);

        CommandRun tensor = CommandRun.of("zeroshot", "--features", clean + "#pictures");
        assertThat(tensor.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(tensor.err()).contains("pictures").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--device=cpu",
                "--precision=int8",
                "--cache=x",
                "--no-cache",
                "--skip-unreadable",
                "--activation=gelu",
                "--heads=4",
                "--model=x",
                "--head=x",
                "--domain=art"
            })
    void optionsOfImagesAndModelsHaveNoMeaning(String option) {
        CommandRun run = measure("zeroshot", option);

        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err())
                .startsWith("clap: --features stand for images, model and heads; leave out "
                        + option.replaceFirst("=.*", "") + System.lineSeparator());
    }

    @Test
    void whatNeedsAModelDoesNotOfferThem() {
        CommandRun attack = measure("attack", "--out", folder.resolve("attack"));
        assertThat(attack.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(attack.err()).startsWith("clap: Unknown option: --features");
        assertThat(CommandRun.of("attack", "--help").out()).doesNotContain("--features");
        assertThat(CommandRun.of("tsne", "--help").out()).contains("--features");
        assertThat(folder.resolve("attack")).doesNotExist();
    }
}
