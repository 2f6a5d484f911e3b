package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.SamplePictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
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
        assertThat(lines.get(2)).matches(".*pictures/photo/dog/.*\\.jpg +(dog|alarm clock|horse) +\\d+\\.\\d\\d %");
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
        assertThat(run.err()).contains("clap: left out 1 of 13 images, since it cannot be read");
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
    void promptsAreInTheLanguageOfTheHeadUnlessAnotherIsAskedFor() throws Exception {
        Path images = SamplePictures.folder("sketch/horse");
        Path chinese = TinyModel.writeHead(folder.resolve("zh.safetensors"), 0.25f, "template:zh");
        JsonNode english = json("--head", head, images);

        assertThat(json("--head", chinese, "--language", "en", images)).isEqualTo(english);
        assertThat(json("--head", chinese, images))
                .isEqualTo(json("--head", head, "--language", "zh", images))
                .isNotEqualTo(english);
        assertThat(json("--head", chinese, "--template", "a photo of a {class}", images))
                .isEqualTo(english);
        CommandRun unknown = classify("--language", "tlh", images);
        assertThat(unknown.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(unknown.err()).startsWith("clap: \"tlh\" is no language of prompts; write en, zh, or the name of");
    }

    @Test
    void alphaCanBeChosenByThePromptsAlone() {
        CommandRun run = classify("--head", head, "--alpha", "auto", SamplePictures.folder("photo/dog"));

        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.err())
                .matches("clap: α=[\\d.]+ was chosen by the prompts alone, without labels"
                        + "(: no larger value is clearly better, so the head has no effect)?\\R");
    }

    /** Images of two colours, one of them in two folders under one name. */
    private static Path images(String name) throws IOException {
        Path images = folder.resolve(name);
        for (String file : List.of("a/one.png", "b/one.png", "a/two\nlines, \"quoted\".png")) {
            Path image = images.resolve(file);
            Files.createDirectories(image.getParent());
            BufferedImage pixels = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            pixels.setRGB(file.length() % 32, 5, file.hashCode());
            ImageIO.write(pixels, "png", image.toFile());
        }
        return images;
    }

    @Test
    void jsonLinesHaveAnObjectALine() throws Exception {
        Path images = images("jsonl");
        Files.writeString(images.resolve("broken.png"), "no image");
        CommandRun run = classify("--format", "jsonl", "--top", 2, images);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).hasSize(4);
        assertThat(lines.subList(0, 3)).allSatisfy(line -> {
            assertThat(line.get("classes")).hasSize(2);
            assertThat(Path.of(line.get("image").asText())).exists();
        });
        assertThat(lines.get(3).get("file").asText()).endsWith("broken.png");
        assertThat(lines.get(3).get("reason").asText()).startsWith("Cannot decode ");
    }

    @Test
    void csvIsQuotedWhereItMustBe() throws Exception {
        Path images = images("csv");
        CommandRun run = CommandRun.of(
                "classify",
                "--model",
                model,
                "--classes",
                "\"dog, brown\",cat \"x\"",
                "--format",
                "csv",
                "--top",
                2,
                images);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out()).startsWith("image,rank,class,probability\r\n").endsWith("\r\n");
        assertThat(run.out())
                .contains("\"" + images + "/a/two\nlines, \"\"quoted\"\".png\",1,")
                .contains("\"dog, brown\",0.");
        assertThat(run.out().split("\r\n")).hasSize(1 + 3 * 2);
    }

    @Test
    void imagesWithoutAProbableClassShowNone() throws Exception {
        Path images = images("threshold");
        CommandRun table = classify("--threshold", 1, images.resolve("a/one.png"));
        assertThat(table.exitCode()).as(table.err()).isEqualTo(Clap.DONE);
        assertThat(table.out().lines().toList().get(2)).endsWith("one.png  none of these");
        JsonNode json = json("--threshold", 1, images.resolve("a/one.png")).get(0);
        assertThat(json.get("label").isNull()).isTrue();
        assertThat(json.get("classes")).isEmpty();
        JsonNode some = json("--threshold", 0.01, images.resolve("a/one.png")).get(0);
        assertThat(some.get("label")).isEqualTo(some.get("classes").get(0).get("className"));
        assertThat(json(images.resolve("a/one.png")).get(0).has("label")).isFalse();
        assertThat(classify("--threshold", 1, "--format", "csv", images.resolve("a/one.png"))
                        .out())
                .contains(",1,none of these,\r\n");
    }

    private static CommandRun sort(Path images, Path into, Object... more) {
        List<Object> all = new ArrayList<>(
                List.of("classify", "--model", model, "--classes", "../../escape,CON", "--sort-into", into));
        all.addAll(List.of(more));
        all.add(images);
        return CommandRun.of(all.toArray());
    }

    private static List<String> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> below.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void imagesAreSortedIntoFoldersAndNothingIsReplaced() throws Exception {
        Path images = images("sorted");
        Path into = folder.resolve("into");
        CommandRun dry = sort(images, into, "--dry-run", "--format", "jsonl");
        assertThat(dry.exitCode()).as(dry.err()).isEqualTo(Clap.DONE);
        assertThat(dry.err()).isEqualToIgnoringNewLines("clap: " + into + ": 3 images would be put there");
        assertThat(into).doesNotExist();

        CommandRun run = sort(images, into, "--format", "jsonl");
        assertThat(run.out()).isEqualTo(dry.out());
        assertThat(run.err()).isEqualToIgnoringNewLines("clap: " + into + ": 3 images copied");
        List<String> sorted = files(into);
        assertThat(sorted)
                .hasSize(3)
                .allMatch(file -> file.matches("(?s)(%2E\\./\\.\\.|%2E\\.%2F\\.\\.%2Fescape|%43ON)/.*"));
        for (String line : run.out().lines().toList()) {
            JsonNode image = new ObjectMapper().readTree(line);
            assertThat(Path.of(image.get("sortedInto").asText()))
                    .hasBinaryContent(
                            Files.readAllBytes(Path.of(image.get("image").asText())));
        }

        CommandRun again = sort(images, into);
        assertThat(again.err()).isEqualToIgnoringNewLines("clap: " + into + ": 0 images copied, 3 are there already");
        assertThat(files(into)).isEqualTo(sorted);

        Path quoted = into.resolve(sorted.stream()
                .filter(file -> file.contains("quoted"))
                .findFirst()
                .orElseThrow());
        Files.writeString(quoted, "mine");
        assertThat(sort(images, into).exitCode()).isEqualTo(Clap.DONE);
        assertThat(quoted).hasContent("mine");
        assertThat(files(into)).hasSize(4);

        // Its second name is taken, too.
        Path marked = into.resolve(files(into).stream()
                .filter(file -> file.matches("(?s).*quoted\"-[0-9a-f]{8}\\.png"))
                .findFirst()
                .orElseThrow());
        Files.writeString(marked, "mine, too");
        CommandRun refused = sort(images, into);
        assertThat(refused.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(refused.err()).contains(" is there already, with other content");
        assertThat(marked).hasContent("mine, too");
    }

    @Test
    void imagesCanBeLinked() throws Exception {
        Path images = images("linked");
        Path into = folder.resolve("links");
        CommandRun run = sort(images, into, "--link");
        assertThat(run.err()).isEqualToIgnoringNewLines("clap: " + into + ": 3 images linked");
        assertThat(files(into)).hasSize(3);
        assertThat(sort(images, into, "--link").err()).contains("0 images linked, 3 are there already");
        Path link = into.resolve(files(into).get(0));
        assertThat(List.of(
                        images.resolve("a/one.png"),
                        images.resolve("b/one.png"),
                        images.resolve("a/two\nlines, \"quoted\".png")))
                .anyMatch(image -> isSame(image, link));
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLinkInTheFolderIsNotFollowed() throws Exception {
        Path images = images("trap");
        Path into = Files.createDirectory(folder.resolve("trapped"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(into.resolve("%43ON"), elsewhere);
        Files.createSymbolicLink(into.resolve("%2E.%2F..%2Fescape"), elsewhere);
        CommandRun run = sort(images, into);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).contains("is a link, and links inside an output folder are not followed");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void mistakesAreExplained() {
        Path image = SamplePictures.folder("photo/dog");
        assertThat(classify("--link", image).exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(classify("--json", "--format", "csv", image).exitCode()).isEqualTo(Clap.WRONG_USE);

        CommandRun several = classify("--head", head, "--alpha", "0.1,0.2", SamplePictures.folder("photo/dog"));
        assertThat(several.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(several.err()).startsWith("clap: classify takes one alpha, not several");

        assertThat(classify().exitCode()).isEqualTo(Clap.WRONG_USE);
    }
}
