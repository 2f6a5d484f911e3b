package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.SamplePictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyCommandTests {
    @TempDir
    static Path folder;

    private static Path model;
    private static Path head;

    @BeforeAll
    static void makeModel() {
        model = TinyModel.write(folder.resolve("model"));
        head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.25f);
    }

    private static CommandRun classify(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("classify", "--model", model, "--classes", "dog,alarm clock,horse"));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray());
    }

    private static JsonNode json(Object... arguments) throws Exception {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        CommandRun run = classify(all.toArray());
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(run.out()).get("images");
    }

    @Test
    void showsTheBestClasses() {
        CommandRun run = classify("--top", 2, SamplePictures.folder("photo/dog") + "/*.jpg");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(2 + 12 * 2);
        assertThat(lines.get(2)).matches(".*pacs-sample/photo/dog/.*\\.jpg +(dog|alarm clock|horse) +\\d+\\.\\d\\d %");
        assertThat(lines.get(3)).matches(" +(dog|alarm clock|horse) +\\d+\\.\\d\\d %");
    }

    @Test
    void probabilitiesOfAllClassesAddUpToOne() throws Exception {
        JsonNode results = json("--top", 9, SamplePictures.folder("photo/dog"));

        assertThat(results).hasSize(12);
        for (JsonNode result : results) {
            double sum = 0;
            for (JsonNode prediction : result.get("classes")) {
                sum += prediction.get("probability").asDouble();
            }
            // Three numbers, each rounded to float.
            assertThat(sum).isCloseTo(1, within(3e-7));
        }
    }

    @Test
    void aHeadAtStrengthZeroChangesNothing() throws Exception {
        Path images = SamplePictures.folder("sketch/horse");
        JsonNode without = json(images);

        assertThat(json("--head", head, "--alpha", 0, images)).isEqualTo(without);
        assertThat(json("--head", head, images)).isNotEqualTo(without);
        assertThat(json("--template", "a sketch of a {class}", images)).isNotEqualTo(without);
    }

    @Test
    void anImageIsClassifiedOnce() throws Exception {
        Path images = SamplePictures.folder("sketch/horse");

        assertThat(json(images, images + "/*.png", images)).hasSize(12);
    }

    @Test
    void unreadableImagesAreReportedAndLeftOut() throws Exception {
        Path mixed = Files.createDirectories(folder.resolve("mixed"));
        Files.writeString(mixed.resolve("broken.jpg"), "no image");
        Path good = SamplePictures.folder("photo/dog");

        CommandRun run = classify(mixed, good, folder.resolve("missing.jpg"), "--json");

        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(result.get("images")).hasSize(12);
        assertThat(result.get("unreadable"))
                .extracting(image -> image.get("file").asText())
                .containsExactly(
                        folder.resolve("missing.jpg").toString(),
                        mixed.resolve("broken.jpg").toString());
        assertThat(run.err()).contains("clap: There is no file or folder " + folder.resolve("missing.jpg"));
        assertThat(run.err()).contains("clap: Cannot decode " + mixed.resolve("broken.jpg"));
        assertThat(run.err()).contains("clap: left out 1 of 13 images, since it cannot be decoded");
        // What is missing is a mistake, whatever becomes of images that are broken.
        assertThat(classify(folder.resolve("missing.jpg"), good, "--skip-unreadable")
                        .exitCode())
                .isEqualTo(Clap.FAILED);
    }

    @Test
    void nothingReadableIsAFailureWithoutATable() {
        CommandRun run = classify(folder.resolve("missing.jpg"));

        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void alphaCanBeChosenByThePromptsAlone() {
        CommandRun run = classify("--head", head, "--alpha", "auto", SamplePictures.folder("photo/dog"));

        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.err()).matches("clap: α=[\\d.]+ was chosen by the prompts alone, without labels\\R");
    }

    @Test
    void mistakesAreExplained() {
        CommandRun several = classify("--head", head, "--alpha", "0.1,0.2", SamplePictures.folder("photo/dog"));
        assertThat(several.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(several.err()).startsWith("clap: classify takes one alpha, not several");

        CommandRun top = classify("--top", 0, SamplePictures.folder("photo/dog"));
        assertThat(top.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(top.err()).isEqualToIgnoringNewLines("clap: The number of best classes should be at least 1, not 0");

        assertThat(classify().exitCode()).isEqualTo(Clap.WRONG_USE);
    }
}
