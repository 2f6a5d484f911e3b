package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.diffusion.PictureServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code clap synthesize --synthesizer endpoint}, with a server on this machine. */
class SynthesizeEndpointTests {
    @TempDir
    Path folder;

    private PictureServer server;
    private Path out;

    @BeforeEach
    void start() throws IOException {
        server = new PictureServer();
        out = folder.resolve("pictures");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Object[] words(Object... options) {
        List<Object> words = new ArrayList<>(
                List.of("synthesize", "--synthesizer", "endpoint", "--classes", "dog,guitar", "--out", out));
        words.addAll(Arrays.asList(options));
        return words.toArray();
    }

    @Test
    void theServersPicturesTrainAHead() throws IOException {
        CommandRun made =
                CommandRun.of(words("--endpoint", server.openAi(), "--size", "32x24", "--model", "m", "--prompts", 5));
        assertThat(made.exitCode()).as(made.err()).isEqualTo(Clap.DONE);
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).isEqualToIgnoringNewLines("10 pictures of 2 classes in " + out + ", 10 of them new");
        assertThat(server.requests).allSatisfy(request -> {
            assertThat(request.path("model").asText()).isEqualTo("m");
            assertThat(request.path("size").asText()).isEqualTo("32x24");
        });
        assertThat(out.resolve("synthesis.json"))
                .content()
                .contains("\"api\" : \"openai\"", "\"synthesizer\" : \"endpoint\"", "\"size\" : \"32x24\"");
        assertThat(Files.readAllLines(out.resolve("pictures.jsonl"))).hasSize(10);

        Path run = folder.resolve("run");
        CommandRun trained =
                CommandRun.of("train", "--objective", "im-aug", "--images", out, "--steps", 4, "--out", run);
        assertThat(trained.exitCode()).as(trained.err()).isEqualTo(Clap.DONE);
        assertThat(run.resolve("head.safetensors")).exists();
    }

    @Test
    void whatIsThereIsNotAskedForAgain() {
        Object[] few = words("--endpoint", server.root(), "--api", "automatic1111", "--steps", 5, "--prompts", 2);
        CommandRun.of(few);
        CommandRun again = CommandRun.of(few);
        assertThat(again.out()).contains("4 pictures of 2 classes", "0 of them new");
        assertThat(server.requests).hasSize(4);
        CommandRun more = CommandRun.of(words(
                "--endpoint",
                server.root(),
                "--api",
                "automatic1111",
                "--steps",
                5,
                "--prompts",
                2,
                "--per-prompt",
                3));
        assertThat(more.out()).contains("12 pictures of 2 classes", "8 of them new");

        CommandRun other = CommandRun.of(
                words("--endpoint", server.root(), "--api", "automatic1111", "--steps", 6, "--prompts", 2));
        assertThat(other.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(other.err()).contains("holds pictures that were made differently");
        assertThat(server.requests).hasSize(12);
    }

    @Test
    void aServerThatTakesNoSeedIsTold() {
        server.failNext(400, "{\"error\": {\"message\": \"Unknown parameter: 'seed'.\"}}");
        CommandRun run = CommandRun.of(words("--endpoint", server.openAi(), "--prompts", 2));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.err())
                .isEqualToIgnoringNewLines("clap: " + server.openAi()
                        + "/images/generations takes no seed, which is left out; its pictures cannot be made again");
    }

    @Test
    void aFailureKeepsFinishedPictures() throws IOException {
        CommandRun.of(words("--endpoint", server.openAi(), "--prompts", 1));
        server.failNext(401, "{\"error\": \"No key.\"}");
        CommandRun failed = CommandRun.of(words("--endpoint", server.openAi(), "--prompts", 2));
        assertThat(failed.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(failed.err()).contains("refuses: status 401, No key.; it requires a key");
        try (Stream<Path> files = Files.walk(out)) {
            assertThat(files.filter(file -> file.toString().endsWith(".png"))).hasSizeBetween(2, 3);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --prompts 2 | Name the server with --endpoint
            --endpoint localhost | The endpoint "localhost" is not an address; write it as in http://localhost:8080/v1
            --endpoint http://me:pw@host | The endpoint should be a plain address
            --endpoint http://h --steps 5 | --steps is not an option of --synthesizer endpoint, but of --synthesizer diffusion and of --synthesizer endpoint --api automatic1111
            --endpoint http://h --guidance 5 | --guidance is not an option of --synthesizer endpoint, but of
            --endpoint http://h --images d | --images is not an option of --synthesizer endpoint, but of --synthesizer diffusion
            --endpoint http://h --strength 1 | --strength is not an option of --synthesizer endpoint, but of --synthesizer diffusion
            --endpoint http://h --negative x | --negative is not an option of --synthesizer endpoint, but of
            --endpoint http://h --scheduler x | --scheduler is not an option of --synthesizer endpoint, but of
            --endpoint http://h --api automatic1111 --steps 0 | The number of steps should be at least 1, not 0
            --endpoint http://h --size 0x5 | The edges of a picture should be of 1 to 4096 pixels, not 0 by 5
            --endpoint http://h --size big | Invalid value for option '--size': should be a number of pixels, or width and height as in 512x768, not 'big'
            --endpoint http://h --size 5 --image-size 5 | --image-size is another name of --size; give one of them
            --endpoint http://h --api dall-e | Invalid value for option '--api': should be openai or automatic1111, not 'dall-e'
            --endpoint http://h --key-variable NO_SUCH_KEY_HERE | The environment variable of --key-variable is not set; the option takes the variable's name
            --endpoint http://h --api-key sk-1 | A key in a command line can be read by others on this machine
            --endpoint http://h --per-prompt 0 | The pictures of a prompt should be 1 to 10000, not 0
            """)
    void wrongUseIsExplainedBeforeAnythingIsWritten(String options, String message) {
        CommandRun run = CommandRun.of(words((Object[]) options.split(" ")));
        assertThat(run.err()).startsWith("clap: " + message);
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(out).doesNotExist();
    }
}
