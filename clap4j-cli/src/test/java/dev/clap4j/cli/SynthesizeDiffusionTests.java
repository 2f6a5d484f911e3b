package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.Golden;
import dev.clap4j.Progress;
import dev.clap4j.diffusion.DiffusionOptions;
import dev.clap4j.diffusion.DiffusionSynthesizer;
import dev.clap4j.internal.io.FilesBelow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code clap synthesize --synthesizer diffusion}, with the tiny pipelines of the golden files. */
class SynthesizeDiffusionTests {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void name() {
        out = folder.resolve("pictures");
    }

    static Stream<Path> pipelines() {
        return Golden.folders("diffusion", "model/unet").stream()
                .map(name -> Golden.file("diffusion/" + name + "/model"));
    }

    private static Path pipeline() {
        return pipelines().findFirst().orElseThrow();
    }

    private static Object[] words(Path model, Path out, Object... options) {
        List<Object> words = new ArrayList<>(List.of(
                "synthesize", "--synthesizer", "diffusion", "--classes", "dog,guitar", "--model", model, "--out", out));
        words.addAll(Arrays.asList(options));
        return words.toArray();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private interface Drawing {
        BufferedImage of(String prompt, String className, long seed) throws IOException;
    }

    /** Compares every listed picture with that of a synthesizer. */
    private static void assertDrawn(Path pictures, Drawing drawing) throws IOException {
        List<String> lines = Files.readAllLines(pictures.resolve("pictures.jsonl"));
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            JsonNode listed = JSON.readTree(line);
            Path file = pictures.resolve(listed.get("file").asText());
            BufferedImage drawn = drawing.of(
                    listed.get("prompt").asText(),
                    listed.get("class").asText(),
                    listed.get("seed").asLong());
            assertThat(pixels(ImageIO.read(file.toFile()))).isEqualTo(pixels(drawn));
        }
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void writesThePixelsOfThePipeline(Path model) throws IOException {
        CommandRun run = CommandRun.of(words(model, out, "--prompts", 1, "--per-prompt", 2, "--steps", 2));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out()).isEqualToIgnoringNewLines("4 pictures of 2 classes in " + out + ", 4 of them new");
        DiffusionOptions options = DiffusionOptions.of(model.toString()).withSteps(2);
        try (DiffusionSynthesizer synthesizer = DiffusionSynthesizer.open(options, Progress.NONE)) {
            assertDrawn(out, synthesizer::synthesize);
        }
    }

    @Test
    void passesAllOptions() throws IOException {
        CommandRun run = CommandRun.of(words(
                pipeline(),
                out,
                "--prompts",
                1,
                "--steps",
                3,
                "--guidance",
                2.5,
                "--size",
                "64x48",
                "--negative",
                "blurred",
                "--scheduler",
                "euler-karras"));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        DiffusionOptions options = DiffusionOptions.of(pipeline().toString())
                .withSteps(3)
                .withGuidance(2.5)
                .withSize(64, 48)
                .withNegativePrompt("blurred")
                .withScheduler("euler-karras");
        try (DiffusionSynthesizer synthesizer = DiffusionSynthesizer.open(options, Progress.NONE)) {
            assertDrawn(out, synthesizer::synthesize);
            JsonNode record = JSON.readTree(out.resolve("synthesis.json").toFile());
            synthesizer
                    .describe()
                    .forEach((name, value) ->
                            assertThat(record.path(name).asText()).as(name).isEqualTo(value));
        }
    }

    @Test
    void beginsWithGivenPictures() throws IOException {
        Path begin = folder.resolve("begin");
        CommandRun.of("synthesize", "--classes", "dog,guitar", "--prompts", 3, "--out", begin);
        Object[] options = {"--prompts", 2, "--steps", 4, "--images", begin, "--strength", 0.5};
        CommandRun run = CommandRun.of(words(pipeline(), out, options));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        try (DiffusionSynthesizer synthesizer = DiffusionSynthesizer.open(
                DiffusionOptions.of(pipeline().toString()).withSteps(4), Progress.NONE)) {
            assertDrawn(out, (prompt, className, seed) -> {
                List<Path> given = files(begin.resolve(className));
                Path chosen = given.get((int) Math.floorMod(seed, (long) given.size()));
                return synthesizer.restyle(ImageIO.read(chosen.toFile()), prompt, 0.5, seed);
            });
        }

        Object[] stronger = options.clone();
        stronger[options.length - 1] = 0.75;
        assertThat(CommandRun.of(words(pipeline(), out, stronger)).err())
                .contains("holds pictures that were made differently");
        Files.delete(files(begin.resolve("dog")).get(0));
        assertThat(CommandRun.of(words(pipeline(), out, options)).err())
                .contains("holds pictures that were made differently");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    @Tag("slow")
    @DisabledOnOs(OS.WINDOWS)
    void killedAndResumedTheFolderIsTheSame() throws IOException, InterruptedException {
        Object[] options = {"--prompts", 12, "--steps", 4};
        Path whole = folder.resolve("whole");
        assertThat(CommandRun.of(words(pipeline(), whole, options)).exitCode()).isEqualTo(Clap.DONE);
        for (int wanted : new int[] {0, 1, 6, 15}) {
            killAfter(wanted, words(pipeline(), out, options));
        }

        CommandRun resumed = CommandRun.of(words(pipeline(), out, options));
        assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(Clap.DONE);
        assertThat(files(out)).hasSameSizeAs(files(whole));
        for (Path file : files(whole)) {
            assertThat(out.resolve(whole.relativize(file))).hasSameBinaryContentAs(file);
        }
    }

    private void killAfter(int wanted, Object... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Clap.class.getName()));
        Stream.of(words).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (process.isAlive() && pictures(out) < wanted) {
            Thread.sleep(2);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pictures(out)).isBetween((long) wanted, 23L);
    }

    /** Returns the number of pictures; −1 before the list of pictures is written. */
    private static long pictures(Path folder) throws IOException {
        if (Files.notExists(folder.resolve("pictures.jsonl"))) {
            return -1;
        }
        return FilesBelow.of(folder, 3).stream()
                .filter(file -> file.toString().endsWith(".png"))
                .count();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --endpoint http://h | --endpoint is not an option of --synthesizer diffusion, but of --synthesizer endpoint
            --api openai | --api is not an option of --synthesizer diffusion, but of --synthesizer endpoint
            --key-variable HOME | --key-variable is not an option of --synthesizer diffusion, but of --synthesizer endpoint
            --scheduler euler-a | --scheduler should be ddim, pndm, euler, euler-karras, euler-ancestral, dpm, dpm-karras, unipc or lcm, not 'euler-a'
            --strength 0.5 | --strength is for pictures to begin with; name their folder with --images
            --steps many | Invalid value for option '--steps': should be a whole number, not 'many'
            """)
    void wrongUseIsExplained(String options, String message) {
        CommandRun run = CommandRun.of(words(pipeline(), out, (Object[]) options.split(" ")));
        assertThat(run.err()).startsWith("clap: " + message);
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(out).doesNotExist();
    }

    @Test
    void mistakesAreExplainedBeforeAnythingIsWritten() throws IOException {
        CommandRun none = CommandRun.of("synthesize", "--synthesizer", "diffusion", "--classes", "dog", "--out", out);
        assertThat(none.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(none.err()).startsWith("clap: Name the diffusion model with --model");
        Path begin = folder.resolve("begin");
        Files.createDirectories(begin.resolve("cat"));
        assertFails(
                words(pipeline(), out, "--images", begin),
                "There are no pictures of the class \"dog\" in " + begin
                        + "; they are looked for in a folder of that name");
        assertFails(
                words(pipeline(), out, "--images", begin.resolve("none")),
                "There is no folder " + begin.resolve("none") + " with a folder of pictures for each class");
        assertFails(
                words(pipeline(), out, "--images", begin, "--strength", 1.5),
                "The strength should be above 0 and at most 1, not 1.5");
        assertFails(words(begin, out), "");
        assertThat(out).doesNotExist();
    }

    private static void assertFails(Object[] words, String message) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).startsWith("clap: " + message).hasLineCount(1);
    }
}
