package dev.clap4j.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.ClipOptions;
import dev.clap4j.Image;
import dev.clap4j.Precision;
import dev.clap4j.TinyClip;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelErrorContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.listener.EmbeddingModelRequestContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelResponseContext;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClapEmbeddingModelTests {
    private static final String LONG = "a dog ".repeat(100);

    @TempDir
    private Path folder;

    private Path checkpoint;
    private List<Path> files;
    private Clip clip;
    private ClapEmbeddingModel model;

    @BeforeEach
    void open() throws IOException {
        checkpoint = TinyClip.write(folder);
        files = TinyClip.images(folder.resolve("images"), 3);
        clip = Clip.load(checkpoint);
        model = ClapEmbeddingModel.builder().clip(clip).build();
    }

    @AfterEach
    void close() {
        clip.close();
    }

    private static EmbeddingRequest request(EmbeddingInput... inputs) {
        return EmbeddingRequest.builder().inputs(inputs).build();
    }

    private static EmbeddingInput text(String text) {
        return EmbeddingInput.from(text);
    }

    private static EmbeddingInput picture(Path file) {
        return EmbeddingInput.from(ImageContent.from(file, "image/png"));
    }

    private static void assertRows(List<Embedding> found, float[]... expected) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.get(i).vector()).as("row " + i).containsExactly(expected[i], within(1e-5f));
        }
    }

    @Test
    void embedsTextsAndPicturesInTheirOrder() {
        EmbeddingResponse response = model.embed(
                request(picture(files.get(2)), text("a photo of a dog"), picture(files.get(0)), text("a red bicycle")));

        FeatureMatrix texts =
                clip.embedTexts("a photo of a dog", "a red bicycle").normalised();
        FeatureMatrix pictures =
                clip.embed(Image.of(files.get(2)), Image.of(files.get(0))).normalised();
        assertRows(response.embeddings(), pictures.row(0), texts.row(0), pictures.row(1), texts.row(1));
        assertThat(response.modelName()).isEqualTo("tiny-clip");
    }

    @Test
    void appliesAHead() {
        Head head = TinyClip.head(3);
        Path file = folder.resolve("head.safetensors");
        head.save(file);
        try (ClapEmbeddingModel own = ClapEmbeddingModel.builder()
                        .model(checkpoint)
                        .head(file)
                        .build();
                ClapEmbeddingModel weaker = ClapEmbeddingModel.builder()
                        .clip(clip)
                        .head(head)
                        .alpha(0.1f)
                        .modelName("shop")
                        .build();
                Clip expected = clip.with(head);
                Clip expectedWeaker = clip.with(head, 0.1f)) {
            assertRows(
                    own.embed(request(text("a dog"), picture(files.get(0)))).embeddings(),
                    expected.embedTexts("a dog").normalised().row(0),
                    expected.embed(Image.of(files.get(0))).normalised().row(0));
            assertRows(
                    weaker.embed(request(text("a dog"))).embeddings(),
                    expectedWeaker.embedTexts("a dog").normalised().row(0));
            assertThat(own.modelName()).isEqualTo("tiny-clip+clap");
            assertThat(weaker.modelName()).isEqualTo("shop");
            assertThat(own.dimension()).isEqualTo(TinyClip.DIMENSION);
        }
        assertThat(model.embed("a dog").content().dimension())
                .as("the clip is still open")
                .isEqualTo(TinyClip.DIMENSION);
    }

    @Test
    void takesDataUris() throws IOException {
        String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(files.get(1)));

        assertRows(
                model.embed(request(
                                EmbeddingInput.from(ImageContent.from("data:image/png;base64," + base64)),
                                EmbeddingInput.from(ImageContent.from("DATA:;base64," + base64)),
                                picture(files.get(1))))
                        .embeddings(),
                clip.embed(Image.of(files.get(1))).normalised().row(0),
                clip.embed(Image.of(files.get(1))).normalised().row(0),
                clip.embed(Image.of(files.get(1))).normalised().row(0));
    }

    @Test
    void joinsTheTextsOfAnInput() {
        EmbeddingInput parts = EmbeddingInput.from(TextContent.from("a photo"), TextContent.from("of a dog"));

        assertRows(
                model.embed(request(parts)).embeddings(),
                clip.embedTexts("a photo\nof a dog").normalised().row(0));
    }

    @Test
    void countsTheTokensOfTexts() {
        int one = model.embed("a dog").tokenUsage().inputTokenCount();

        assertThat(one).as("start, a, dog in one or more tokens, end").isBetween(4, 6);
        assertThat(model.embed(request(text("a dog"), picture(files.get(0)), text("a dog")))
                        .tokenUsage()
                        .inputTokenCount())
                .isEqualTo(2 * one);
        assertThat(model.embed(request(picture(files.get(0)))).tokenUsage().inputTokenCount())
                .isZero();
    }

    @Test
    void longTextsAreAnErrorUnlessTheyAreTruncated() {
        assertThatThrownBy(() -> model.embed(request(text("a dog"), text(LONG))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("inputs[1]: The text \"a dog a dog")
                .hasMessageContaining("the model takes")
                .hasCauseInstanceOf(ClapException.class);
        try (ClapEmbeddingModel truncating = ClapEmbeddingModel.builder()
                .model(checkpoint)
                .options(ClipOptions.defaults().withTruncateTexts(true))
                .build()) {
            assertThat(truncating.embed(LONG).content().dimension()).isEqualTo(TinyClip.DIMENSION);
        }
    }

    @Test
    void aPictureThatIsNoneIsNamed() throws IOException {
        byte[] truncated = new byte[60];
        System.arraycopy(Files.readAllBytes(files.get(0)), 0, truncated, 0, truncated.length);
        for (byte[] bad : List.of("no picture".getBytes(StandardCharsets.US_ASCII), new byte[] {1}, truncated)) {
            EmbeddingInput input =
                    EmbeddingInput.from(ImageContent.from(Base64.getEncoder().encodeToString(bad), "image/png"));
            assertThatThrownBy(() -> model.embed(request(picture(files.get(0)), input)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("inputs[1]")
                    .hasCauseInstanceOf(ClapException.class);
        }
    }

    @Test
    void base64ThatIsNoneIsNamed() {
        for (ImageContent bad : List.of(
                ImageContent.from("%%%", "image/png"),
                ImageContent.from("data:image/png;base64,a"),
                ImageContent.from(dev.langchain4j.data.image.Image.builder().build()))) {
            assertThatThrownBy(() -> model.embed(request(EmbeddingInput.from(bad))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("inputs[0]")
                    .hasMessageContaining("base64");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/cat.png",
                "HTTPS://example.org/cat.png",
                "file:///etc/passwd",
                "jar:file:/a.jar!/cat.png",
                "cat.png",
                "//host/share/cat.png",
                "data:image/png,raw"
            })
    void nothingIsFetched(String address) {
        assertThatThrownBy(() -> model.embed(request(EmbeddingInput.from(ImageContent.from(address)))))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("inputs[0]")
                .hasMessageContaining("not fetched");
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatThrownBy(() -> model.embed(request(
                        EmbeddingInput.from(TextContent.from("a dog"), ImageContent.from(files.get(0), "image/png")))))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("inputs[0]");
        assertThatThrownBy(() -> model.embed(request(EmbeddingInput.from(
                        ImageContent.from(files.get(0), "image/png"), ImageContent.from(files.get(1), "image/png")))))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> model.embed(request(EmbeddingInput.from(AudioContent.from("AAAA", "audio/wav")))))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("AUDIO");
        assertThatThrownBy(() -> model.embed(EmbeddingRequest.builder()
                        .input("a dog")
                        .dimensions(256)
                        .build()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("64 dimensions")
                .hasMessageContaining("256");
        assertThatThrownBy(() -> model.embed(EmbeddingRequest.builder()
                        .input("a dog")
                        .modelName("gpt")
                        .build()))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("gpt")
                .hasMessageContaining("tiny-clip");
        assertThatThrownBy(() -> model.embed(request(text(" \n"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("inputs[0]");
    }

    @Test
    void takesItsOwnNameAndDimension() {
        assertThat(model.embed(EmbeddingRequest.builder()
                                .input("a dog")
                                .modelName("tiny-clip")
                                .dimensions(TinyClip.DIMENSION)
                                .build())
                        .embeddings())
                .hasSize(1);
    }

    @Test
    void listenersHearOfPicturesToo() {
        List<String> heard = new ArrayList<>();
        EmbeddingModelListener listener = new EmbeddingModelListener() {
            @Override
            public void onRequest(EmbeddingModelRequestContext context) {
                heard.add("request " + context.embeddingRequest().inputs().size() + " "
                        + context.textSegments().size());
                throw new IllegalStateException("a listener's fault is its own");
            }

            @Override
            public void onResponse(EmbeddingModelResponseContext context) {
                heard.add("response " + context.response().content().size());
            }

            @Override
            public void onError(EmbeddingModelErrorContext context) {
                heard.add("error " + context.error().getClass().getSimpleName());
            }
        };
        EmbeddingModel direct = ClapEmbeddingModel.builder()
                .clip(clip)
                .listeners(List.of(listener))
                .build();
        for (EmbeddingModel listening : List.of(direct, model.addListener(listener))) {
            heard.clear();
            listening.embed(request(picture(files.get(0))));
            listening.embed(request(picture(files.get(0)), text("a dog")));
            assertThatThrownBy(() -> listening.embed(request(text(LONG)))).isInstanceOf(InvalidRequestException.class);
            assertThat(heard)
                    .containsExactly(
                            "request 1 0",
                            "response 1",
                            "request 2 1",
                            "response 2",
                            "request 1 1",
                            "error InvalidRequestException");
        }
        assertThat(model.listeners()).isEmpty();
        assertThat(model.addListeners(List.of())).isSameAs(model);
        heard.clear();
        direct.addListener(listener).embed("a dog");
        assertThat(heard).containsExactly("request 1 1", "request 1 1", "response 1", "response 1");
    }

    @Test
    void saysWhatTheBuilderLacks() {
        assertThatThrownBy(() -> ClapEmbeddingModel.builder().build())
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("neither");
        assertThatThrownBy(() -> ClapEmbeddingModel.builder()
                        .clip(clip)
                        .model(checkpoint)
                        .build())
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("both");
        assertThatThrownBy(() ->
                        ClapEmbeddingModel.builder().clip(clip).alpha(0.1f).build())
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("head");
        assertThatThrownBy(() -> ClapEmbeddingModel.builder()
                        .clip(clip)
                        .options(ClipOptions.defaults().withPrecision(Precision.INT8))
                        .build())
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("options");
        assertThatThrownBy(() -> ClapEmbeddingModel.builder()
                        .model(folder.resolve("nothing").toString())
                        .build())
                .isInstanceOf(ClapException.class);
    }

    @Test
    void aClosedModelSaysSo() {
        ClapEmbeddingModel own = ClapEmbeddingModel.builder().model(checkpoint).build();
        own.embed("a dog");
        own.close();
        own.close();

        assertThatThrownBy(() -> own.embed("a dog")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> own.embed(request(picture(files.get(0))))).isInstanceOf(IllegalStateException.class);
        model.close();
        assertThat(model.embed("a dog").content().vector()).isNotEmpty();
    }
}
