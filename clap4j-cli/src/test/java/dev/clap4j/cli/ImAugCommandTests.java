package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.head.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code clap train --objective im-aug} with the mini CLIP, on what {@code clap synthesize} draws. */
class ImAugCommandTests {
    private static final String[] LONG = {"--steps", "400", "--check-every", "50", "--patience", "50"};

    @TempDir
    private static Path folder;

    private static Path pictures;

    @BeforeAll
    static void drawPictures() {
        pictures = folder.resolve("pictures");
        CommandRun run =
                CommandRun.of("synthesize", "--classes", "dog,guitar,house,cat", "--prompts", 6, "--out", pictures);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
    }

    private static Object[] train(Path out, Object... options) {
        List<Object> words =
                new ArrayList<>(List.of("train", "--objective", "im-aug", "--images", pictures, "--out", out));
        words.addAll(Arrays.asList(options));
        return words.toArray();
    }

    private static Path head(Path run) {
        return run.resolve("head.safetensors");
    }

    @Test
    void aShortRunLowersTheLossAndItsHeadIsEvaluatedAsAnyOther() throws IOException {
        Path out = folder.resolve("short");

        CommandRun run = CommandRun.of(
                train(out, "--steps", 120, "--check-every", 40, "--lr", 1e-3, "--delta", 0, "--alpha", 0.5, "--json"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(result.get("objective").asText()).isEqualTo("im-aug");
        List<Double> losses = losses(out);
        assertThat(mean(losses.subList(100, 120))).isLessThan(mean(losses.subList(0, 20)) - 0.1);
        Head head = Head.load(head(out));
        assertThat(head.info().classes()).containsExactly("cat", "dog", "guitar", "house");
        assertThat(head.info().objective()).isEqualTo("im-aug");

        CommandRun evaluated = CommandRun.of(
                "zeroshot", "--head", head(out), "--data", withoutPrompts(), "--styles", "C", "--no-cache");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isEqualTo(Clap.DONE);
        assertThat(evaluated.out()).contains("CLIP ", "Im.Aug ").doesNotContain("CLAP");
    }

    private static List<Double> losses(Path run) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            losses.add(new ObjectMapper().readTree(line).get("loss").asDouble());
        }
        return losses;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The same pictures as an ordinary data set. */
    private static Path withoutPrompts() throws IOException {
        Path data = folder.resolve("data");
        try (Stream<Path> files = Files.walk(pictures)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".png")).toList()) {
                Path prompt = file.getParent();
                Path target = data.resolve(prompt.getParent().getFileName()).resolve(prompt.getFileName() + ".png");
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return data;
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "fresh"})
    @DisabledOnOs(OS.WINDOWS)
    void aKilledProcessIsResumedToTheSameHead(String views) throws IOException, InterruptedException {
        Object[] options = Stream.concat(Stream.of("--views", views, "--batch", 2), Arrays.stream(LONG))
                .toArray();
        Path whole = folder.resolve("whole-" + views);
        CommandRun uninterrupted = CommandRun.of(train(whole, options));
        assertThat(uninterrupted.exitCode()).as(uninterrupted.err()).isEqualTo(Clap.DONE);
        Path run = folder.resolve("killed-" + views);
        Process process = start(train(run, options));
        while (process.isAlive() && !Files.exists(run.resolve("checkpoint.safetensors"))) {
            Thread.sleep(5);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        CommandRun resumed = CommandRun.of(Stream.concat(Arrays.stream(train(run, options)), Stream.of("--resume"))
                .toArray());

        assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(Clap.DONE);
        assertThat(resumed.err()).doesNotContain("step 50:");
        assertThat(head(run)).hasBinaryContent(Files.readAllBytes(head(whole)));
    }

    private static Process start(Object... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Clap.class.getName()));
        Arrays.stream(arguments).map(String::valueOf).forEach(words::add);
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void namedClassesAndAPresetChooseAmongTheImages() {
        Path out = folder.resolve("named");
        CommandRun run = CommandRun.of(train(out, "--classes", "house,dog", "--preset", "vlcs", "--steps", 2));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(Head.load(head(out)).info().classes()).containsExactly("house", "dog");
        assertThat(Head.load(head(out)).info().alpha()).isEqualTo(0.056f);
        CommandRun missing = CommandRun.of(train(folder.resolve("missing"), "--preset", "pacs"));
        assertThat(missing.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(missing.err().strip())
                .isEqualTo(
                        "clap: " + pictures + " has no images of the class \"elephant\", only of cat, dog, guitar and 1"
                                + " more; add some, or leave the class out; clap synthesize makes such folders");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--objective im-aug | --objective im-aug is trained on images; name their folder with --images. clap"
                        + " synthesize makes some.",
                "--objective dino | should be clap or im-aug, not 'dino'",
                "--classes a --images pictures | --images is for --objective im-aug alone",
                "--classes a --views 3 | --views is for --objective im-aug alone",
                "--objective im-aug --images pictures --lambda 1 | --lambda is for --objective clap alone",
                "--objective im-aug --images pictures --no-noise | --noise is for --objective clap alone",
            })
    void wrongUseIsExplained(String options, String message) {
        Object[] words = Stream.concat(
                        Stream.of("train", "--out", folder.resolve("wrong")), Stream.of((Object[]) options.split(" ")))
                .toArray();
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).contains(message);
    }

    @Test
    void impossibleRunsAreExplained() throws IOException {
        assertFails(
                "A batch of 25 cannot be drawn from the images of 24 prompts; use smaller batches, or images of more"
                        + " prompts",
                train(folder.resolve("bad"), "--batch", 25));
        assertWrongUse(
                "The views of an image are a number from 1 on, or fresh, not \"0\"",
                train(folder.resolve("bad"), "--views", 0));
        assertWrongUse(
                "The augmentation hue takes a part of the colour circle from 0 to 0.5: hue=2",
                train(folder.resolve("bad"), "--augment", "hue=2"));
        Path flat = folder.resolve("flat");
        Files.createDirectories(flat.resolve("dog"));
        Files.write(flat.resolve("dog/1.png"), new byte[1]);
        assertFails(
                "The class folder " + flat.resolve("dog")
                        + " holds images where it should have a folder for each prompt;"
                        + " the images to train on are <folder>/<class>/<prompt>/<image>; clap synthesize makes such"
                        + " folders",
                "train",
                "--objective",
                "im-aug",
                "--images",
                flat,
                "--out",
                folder.resolve("bad"));
        assertThat(folder.resolve("bad")).doesNotExist();
    }

    private static void assertWrongUse(String message, Object... words) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).contains("clap: " + message).doesNotContain("Exception");
    }

    private static void assertFails(String message, Object... words) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err().lines().reduce((first, last) -> last)).contains("clap: " + message);
        assertThat(run.err()).doesNotContain("Exception");
    }

    @Test
    void anImageThatCannotBeReadEndsTheRunWithItsName() throws IOException {
        Path broken = folder.resolve("broken");
        for (String name : List.of("dog/a_red_dog/0.png", "cat/a_red_cat/0.png")) {
            Files.createDirectories(broken.resolve(name).getParent());
            Files.writeString(broken.resolve(name), "no picture");
        }
        CommandRun run = CommandRun.of(
                "train",
                "--objective",
                "im-aug",
                "--images",
                broken,
                "--batch",
                2,
                "--out",
                folder.resolve("of-broken"));
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err())
                .containsPattern("clap: Cannot decode " + broken
                        + "/(dog|cat)/a_red_(dog|cat)/0.png: it should be a .* image," + " but it is ");
    }
}
