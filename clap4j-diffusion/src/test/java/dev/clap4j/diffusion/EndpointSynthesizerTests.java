package dev.clap4j.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.Progress;
import dev.clap4j.diffusion.EndpointOptions.Api;
import dev.clap4j.internal.http.Timeouts;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.synthesis.PictureFolder;
import dev.clap4j.synthesis.PromptSample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointSynthesizerTests {
    private static final Timeouts QUICK = Timeouts.DEFAULTS.withPause(Duration.ofMillis(1));
    private static final long SEED = -4509436061863278782L;

    /** The upper 31 bits, {@code (2⁶⁴ + SEED) >> 33}. */
    private static final long SENT = 1622516197L;

    @TempDir
    Path folder;

    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private PictureServer server;

    @BeforeEach
    void start() throws IOException {
        server = new PictureServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private EndpointSynthesizer synthesizer(EndpointOptions options, String... key) {
        return EndpointSynthesizer.of(options, Stream.of(key).findFirst(), warnings::add, QUICK);
    }

    private EndpointOptions openAi() {
        return EndpointOptions.of(server.openAi(), Api.OPENAI);
    }

    private EndpointOptions webUi() {
        return EndpointOptions.of(server.root(), Api.AUTOMATIC1111);
    }

    private static byte[] samples(BufferedImage image) {
        return Bitmap.of(image).samples();
    }

    private static byte[] expected(int width, int height, String prompt, long seed) {
        byte[] file = Base64.getDecoder().decode(PictureServer.picture(width, height, prompt, seed));
        return ImageDecoder.decode(file, "a picture", DecodeOptions.defaults()).samples();
    }

    @Test
    void asksAsOpenAisClientsDo() {
        EndpointOptions options = openAi().withModel("small").withSize(40, 30);
        BufferedImage picture = synthesizer(options, "secret").synthesize("a sketch of a dog", "dog", SEED);

        assertThat(samples(picture)).isEqualTo(expected(40, 30, "a sketch of a dog", SENT));
        assertThat(server.requests.get(0))
                .hasToString("{\"model\":\"small\",\"prompt\":\"a sketch of a dog\",\"n\":1,\"size\":\"40x30\","
                        + "\"response_format\":\"b64_json\",\"seed\":" + SENT + "}");
        assertThat(server.keys).containsExactly("Bearer secret");
        assertThat(synthesizer(options).describe())
                .isEqualTo(Map.of(
                        "synthesizer",
                        "endpoint",
                        "api",
                        "openai",
                        "endpoint",
                        server.openAi() + "/images/generations",
                        "model",
                        "small",
                        "size",
                        "40x30"));
    }

    @Test
    void whatIsNotSetIsTheServersChoice() {
        BufferedImage picture = synthesizer(openAi()).synthesize("a dog", "dog", SEED);
        assertThat(picture.getWidth()).isEqualTo(64);
        assertThat(picture.getHeight()).isEqualTo(48);
        assertThat(server.requests.get(0).has("model")).isFalse();
        assertThat(server.requests.get(0).has("size")).isFalse();
        assertThat(server.keys).containsExactly("null");

        synthesizer(webUi()).synthesize("a dog", "dog", SEED);
        assertThat(server.requests.get(1))
                .hasToString("{\"prompt\":\"a dog\",\"seed\":" + SENT + ",\"batch_size\":1,\"n_iter\":1}");
    }

    @Test
    void asksAsTheWebUiDoes() {
        EndpointOptions options = webUi().withModel("v1-5.safetensors")
                .withSize(40, 30)
                .withSteps(20)
                .withGuidance(7.5)
                .withNegativePrompt("text")
                .withScheduler("Euler a");
        BufferedImage picture = synthesizer(options, "me:sesame").synthesize("a dog", "dog", SEED);

        assertThat(samples(picture)).isEqualTo(expected(40, 30, "a dog", SENT));
        assertThat(server.requests.get(0))
                .hasToString("{\"prompt\":\"a dog\",\"seed\":" + SENT + ",\"batch_size\":1,\"n_iter\":1,"
                        + "\"width\":40,\"height\":30,\"steps\":20,\"cfg_scale\":7.5,\"negative_prompt\":\"text\","
                        + "\"sampler_name\":\"Euler a\","
                        + "\"override_settings\":{\"sd_model_checkpoint\":\"v1-5.safetensors\"}}");
        assertThat(server.keys).containsExactly("Basic bWU6c2VzYW1l");
        assertThat(synthesizer(options).describe())
                .containsEntry("api", "automatic1111")
                .containsEntry("endpoint", server.root() + "/sdapi/v1/txt2img")
                .containsEntry("model", "v1-5.safetensors")
                .containsEntry("size", "40x30")
                .containsEntry("steps", "20")
                .containsEntry("guidance", "7.5")
                .containsEntry("negative-prompt", "text")
                .containsEntry("scheduler", "Euler a");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void whatMayPassIsTriedAgain(int status) {
        server.failNext(status, "");
        server.failNextUntil(status, "0");
        synthesizer(openAi()).synthesize("a dog", "dog", 1);
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void theServerSaysHowLongToWait() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(3));
        for (String retryAfter : List.of("1", date)) {
            server.failNextUntil(429, retryAfter);
            long begin = System.nanoTime();
            synthesizer(openAi()).synthesize("a dog", "dog", 1);
            assertThat(System.nanoTime() - begin).as(retryAfter).isGreaterThanOrEqualTo(800_000_000L);
        }
        for (String retryAfter : List.of("Fri, 27 Nov 2020 06:00:00 GMT", "soon", "-1")) {
            server.failNextUntil(503, retryAfter);
            synthesizer(openAi()).synthesize("a dog", "dog", 1);
        }
        assertThat(server.requests).hasSize(10);
    }

    static Stream<String> refusedParameters() {
        return Stream.of(
                "{\"error\": {\"message\": \"Unknown parameter: '%s'.\", \"param\": \"%s\"}}",
                "{\"detail\": [{\"loc\": [\"body\", \"%s\"], \"msg\": \"Extra inputs are not permitted %s\"}]}",
                "{\"error\": \"no field `%s` %s\"}",
                "{\"error\": \"no \\\"%s\\\" %s\"}");
    }

    @ParameterizedTest
    @MethodSource("refusedParameters")
    void parametersThatTheServerLacksAreLeftOutAndTold(String refusal) {
        server.failNext(400, refusal.formatted("response_format", ""));
        server.failNext(422, refusal.formatted("seed", ""));
        EndpointSynthesizer synthesizer = synthesizer(openAi());
        synthesizer.synthesize("a dog", "dog", 1);
        synthesizer.synthesize("a cat", "cat", 2);

        String uri = server.openAi() + "/images/generations";
        assertThat(warnings)
                .containsExactly(
                        uri + " takes no response_format, which is left out",
                        uri + " takes no seed, which is left out; its pictures cannot be made again");
        assertThat(server.requests).hasSize(4);
        assertThat(server.requests.get(2)).hasToString("{\"prompt\":\"a dog\",\"n\":1}");
        assertThat(server.requests.get(3)).hasToString("{\"prompt\":\"a cat\",\"n\":1}");
    }

    @Test
    void otherRefusalsAreToldAtOnce() {
        server.failNext(400, "{\"error\": {\"message\": \"a seed is nothing to draw\", \"param\": \"prompt\"}}");
        String uri = server.openAi() + "/images/generations";
        assertThatThrownBy(() -> synthesizer(openAi()).synthesize("a seed", "seed", 1))
                .isInstanceOf(ClapException.class)
                .hasMessage(uri + " refuses: status 400, a seed is nothing to draw; the prompt was \"a seed\"");
        server.failNext(401, "");
        assertThatThrownBy(() -> synthesizer(openAi()).synthesize("a dog", "dog", 1))
                .hasMessage(uri + " refuses: status 401; it requires a key")
                .extracting(error -> ((ClapException) error).problem())
                .isEqualTo(Optional.of(Problem.NO_KEY));
        server.failNext(404, "");
        assertThatThrownBy(() -> synthesizer(openAi()).synthesize("a dog", "dog", 1))
                .hasMessage(uri + " refuses: status 404; check the address");
        server.failNext(404, "");
        assertThatThrownBy(() -> synthesizer(openAi().withModel("m")).synthesize("a dog", "dog", 1))
                .hasMessage(uri + " refuses: status 404; check the address and the name of the model, \"m\"");
        assertThat(server.requests).hasSize(4);
        assertThat(warnings).isEmpty();
    }

    /** Else a server that refuses whatever it is sent would be asked for ever. */
    @Test
    void aParameterIsLeftOutOnce() {
        for (int i = 0; i < 3; i++) {
            server.failNext(400, "{\"error\": \"no 'seed'\"}");
        }
        assertThatThrownBy(() -> synthesizer(openAi()).synthesize("a dog", "dog", 1))
                .isInstanceOf(ClapException.class)
                .hasMessageEndingWith(" refuses: status 400, no 'seed'; the prompt was \"a dog\"");
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void fillsAFolderWithAFewRequestsAtOnceAndGoesOnAfterAFailure() throws IOException {
        PromptSample sample = new PromptSample(List.of("dog", "guitar"), 5, 2, 7);
        EndpointOptions options = openAi().withAtOnce(3);
        PictureFolder.fill(folder.resolve("whole"), sample, synthesizer(options), Progress.NONE);
        assertThat(server.requests).hasSize(20);
        assertThat(server.mostAtOnce.get()).isBetween(1, 3);

        Path resumed = folder.resolve("resumed");
        for (int i = 0; i < 4; i++) {
            PictureFolder.fill(
                    resumed, new PromptSample(List.of("dog"), 1 + i, 7), synthesizer(options), Progress.NONE);
        }
        server.failNext(400, "no more");
        assertThatThrownBy(() -> PictureFolder.fill(resumed, sample, synthesizer(options), Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("refuses: status 400, no more; the prompt was \"");
        PictureFolder.fill(resumed, sample, synthesizer(options), Progress.NONE);

        try (Stream<Path> files = Files.walk(folder.resolve("whole"))) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSize(22);
            for (Path file : all) {
                assertThat(resumed.resolve(folder.resolve("whole").relativize(file)))
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void optionsThatAreNoneAreRefused() {
        assertRefused(
                () -> openAi().withSteps(20),
                "OpenAI's interface has no steps, guidance, negative prompt or scheduler");
        assertRefused(() -> webUi().withSteps(0), "The number of steps should be at least 1, not 0");
        assertRefused(() -> webUi().withGuidance(-1), "The guidance should be a number from 0, not -1.0");
        assertRefused(() -> webUi().withAtOnce(0), "The requests in parallel should be 1 to 64, not 0");
        assertRefused(
                () -> synthesizer(webUi().withSize(0, 512)),
                "The edges of a picture should be of 1 to 4096 pixels, not 0 by 512");
        assertRefused(
                () -> synthesizer(EndpointOptions.of("localhost", Api.AUTOMATIC1111)),
                "The endpoint \"localhost\" is not an address; write it as in http://localhost:7860");
        assertRefused(
                () -> synthesizer(EndpointOptions.of("http://me:pw@host", Api.OPENAI)),
                "The endpoint should be a plain address, such as http://localhost:8080/v1, without a user, password,"
                        + " key or query; a key is given apart from it");
        assertRefused(
                () -> synthesizer(webUi(), "sesame"),
                "The key for the image server should be a user and a password, as in user:password");
    }

    private static void assertRefused(Runnable options, String message) {
        assertThatThrownBy(options::run).isInstanceOf(ClapException.class).hasMessage(message);
    }
}
