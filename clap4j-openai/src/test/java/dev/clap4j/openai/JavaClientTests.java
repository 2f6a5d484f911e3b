package dev.clap4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonMissing;
import com.openai.core.JsonValue;
import com.openai.core.Sleeper;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams.EncodingFormat;
import com.openai.models.models.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's Java client against a running server. */
class JavaClientTests {
    private static final String MODEL = "tiny-clip";

    private static TestServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = TestServer.start(folder);
        client = client(TestServer.KEY).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static OpenAIOkHttpClient.Builder client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(server.address() + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .responseValidation(true);
    }

    private static EmbeddingCreateParams.Builder params() {
        return EmbeddingCreateParams.builder().model(MODEL);
    }

    private static CreateEmbeddingResponse create(EmbeddingCreateParams params) {
        return client.embeddings().create(params);
    }

    private static void assertRows(CreateEmbeddingResponse response, float[]... expected) {
        assertThat(response.validate().data()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(response.data().get(i).index()).isEqualTo(i);
            assertThat(floats(response.data().get(i))).containsExactly(expected[i], within(1e-5f));
        }
    }

    private static float[] floats(Embedding embedding) {
        List<Float> row = embedding.embedding();
        float[] values = new float[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        return values;
    }

    @Test
    void embedsTexts() {
        CreateEmbeddingResponse one = create(params().input("a dog").build());
        CreateEmbeddingResponse two = create(params().inputOfArrayOfStrings(List.of("a dog", "a red bicycle"))
                .build());

        assertRows(one, server.text("a dog"));
        assertRows(two, server.text("a dog"), server.text("a red bicycle"));
        assertThat(one.model()).isEqualTo(MODEL);
        assertThat(one.usage().promptTokens())
                .isPositive()
                .isEqualTo(one.usage().totalTokens());
        assertThat(two.usage().promptTokens()).isGreaterThan(one.usage().promptTokens());
    }

    @Test
    void encodesNumbersAsTheClientWants() {
        for (EncodingFormat format : List.of(EncodingFormat.FLOAT, EncodingFormat.BASE64)) {
            assertRows(create(params().input("a dog").encodingFormat(format).build()), server.text("a dog"));
        }
    }

    @Test
    void takesPicturesInAllForms() {
        JsonValue input = JsonValue.from(List.of(Map.of("image", server.base64(0)), Map.of("text", "a dog")));
        JsonValue messages = JsonValue.from(List.of(Map.of(
                "role",
                "user",
                "content",
                List.of(
                        Map.of("type", "image_url", "image_url", Map.of("url", server.dataUri(1))),
                        Map.of("type", "text", "text", "a dog")))));

        assertRows(
                create(params().inputOfArrayOfStrings(List.of(server.dataUri(0), server.base64(1)))
                        .putAdditionalBodyProperty("modality", JsonValue.from("image"))
                        .build()),
                server.picture(0),
                server.picture(1));
        assertRows(create(withInput(input).build()), server.picture(0), server.text("a dog"));
        assertRows(
                create(withInput(JsonMissing.of())
                        .putAdditionalBodyProperty("messages", messages)
                        .build()),
                server.picture(1),
                server.text("a dog"));
    }

    /** Sets an input that the client has no method for. */
    @SuppressWarnings("unchecked")
    private static EmbeddingCreateParams.Builder withInput(JsonValue input) {
        return params().input(input);
    }

    @Test
    void takesTheModelsDimensionsAlone() {
        assertRows(
                create(params().input("a dog").dimensions(TestServer.DIMENSION).build()), server.text("a dog"));
        BadRequestException error = catchThrowableOfType(
                BadRequestException.class,
                () -> create(params().input("a dog").dimensions(3).build()));
        assertThat(error.param()).contains("dimensions");
    }

    @Test
    void saysWhatIsWrong() {
        BadRequestException blank = catchThrowableOfType(
                BadRequestException.class,
                () -> create(
                        params().inputOfArrayOfStrings(List.of("a dog", " ")).build()));
        assertThat(blank.statusCode()).isEqualTo(400);
        assertThat(blank.param()).contains("input[1]");
        assertThat(blank.type()).contains("invalid_request_error");
        assertThat(blank).hasMessageContaining("The text is empty");

        BadRequestException tokens = catchThrowableOfType(
                BadRequestException.class,
                () -> create(params().inputOfArrayOfTokens(List.of(1L, 2L)).build()));
        assertThat(tokens).hasMessageContaining("strings");

        BadRequestException picture = catchThrowableOfType(
                BadRequestException.class,
                () -> create(params().input("AAAA")
                        .putAdditionalBodyProperty("modality", JsonValue.from("image"))
                        .build()));
        assertThat(picture.param()).contains("input");
    }

    @Test
    void refusesOtherKeysAndModels() {
        OpenAIClient stranger = client("a key that nobody gave").build();
        UnauthorizedException noKey = catchThrowableOfType(UnauthorizedException.class, () -> stranger.embeddings()
                .create(params().input("a dog").build()));
        stranger.close();
        assertThat(noKey.code()).contains("invalid_api_key");
        NotFoundException error = catchThrowableOfType(
                NotFoundException.class,
                () -> create(EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .input("a dog")
                        .build()));
        assertThat(error.code()).contains("model_not_found");
        assertThat(error).hasMessageContaining(MODEL);
    }

    @Test
    void triesAgainWhenTheServerSaysSo() throws Exception {
        EmbeddingCreateParams params = params().input("a dog").build();
        try (AutoCloseable others = server.occupied()) {
            RateLimitException error = catchThrowableOfType(RateLimitException.class, () -> create(params));
            assertThat(error.headers().values("Retry-After")).containsExactly("1");
            Waits waits = new Waits(others);
            OpenAIClient patient =
                    client(TestServer.KEY).maxRetries(2).sleeper(waits).build();
            assertRows(patient.embeddings().create(params), server.text("a dog"));
            patient.close();
            assertThat(waits.times).as("as Retry-After says").containsExactly(Duration.ofSeconds(1));
        }
    }

    /** Waits for nothing but the end of what keeps the server busy. */
    private record Waits(AutoCloseable others, List<Duration> times) implements Sleeper {
        Waits(AutoCloseable others) {
            this(others, new ArrayList<>());
        }

        @Override
        public void sleep(Duration time) {
            times.add(time);
            try {
                others.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public CompletableFuture<Void> sleepAsync(Duration time) {
            return CompletableFuture.runAsync(() -> sleep(time));
        }

        @Override
        public void close() {}
    }

    @Test
    void listsModels() {
        assertThat(client.models().list().items()).extracting(Model::id).containsExactly("tiny-clip+clap", MODEL);
        for (String id : List.of("tiny-clip+clap", MODEL)) {
            assertThat(client.models().retrieve(id).validate().id()).isEqualTo(id);
        }
        assertThatThrownBy(() -> client.models().retrieve("gpt")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void appliesTheHeadOfTheModelThatIsNamed() {
        CreateEmbeddingResponse response = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("tiny-clip+clap")
                        .input("a dog")
                        .build());

        assertRows(response, server.textWithHead("a dog"));
    }

    @Test
    void answersTheAsynchronousClient() {
        assertRows(
                client.async()
                        .embeddings()
                        .create(params().input("a dog").build())
                        .join(),
                server.text("a dog"));
    }
}
