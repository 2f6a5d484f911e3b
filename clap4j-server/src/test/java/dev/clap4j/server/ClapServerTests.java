package dev.clap4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.TinyClip;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server, asked over HTTP; what it answers is what the library computes. */
class ClapServerTests {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private static Clip clip;
    private static ClapServer server;
    private static byte[] picture;
    private static Path head;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        clip = Clip.load(TinyClip.write(folder));
        picture =
                Files.readAllBytes(TinyClip.images(folder.resolve("images"), 1).get(0));
        head = folder.resolve("head.safetensors");
        TinyClip.head(1).save(head);
        server = ClapServer.builder()
                .model(clip)
                .head(head)
                .classes(List.of("dog", "cat", "bird"))
                .port(0)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        clip.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(server.address().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String json) throws Exception {
        URI address = server.address().resolve(path);
        return CLIENT.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String base64() {
        return Base64.getEncoder().encodeToString(picture);
    }

    private static float[] embedding(String json) throws Exception {
        HttpResponse<String> answer = post("/v1/embeddings", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.treeToValue(JSON.readTree(answer.body()).at("/data/0/embedding"), float[].class);
    }

    @Test
    void allFormsOfPicturesGiveTheLibrarysFeature() throws Exception {
        float[] expected = clip.embed(Image.of(picture)).normalised().row(0);
        String uri = "data:image/png;base64," + base64();
        for (String form : List.of(
                "\"modality\": \"image\", \"input\": [\"%s\"]".formatted(uri),
                "\"input\": [{\"image\": \"%s\"}]".formatted(base64()),
                "\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {\"url\":"
                        .concat(" \"%s\"}}]}]")
                        .formatted(uri))) {
            float[] row = embedding("{\"model\": \"tiny-clip\", " + form + "}");
            assertThat(row).containsExactly(expected, within(1e-5f));
        }
    }

    @Test
    void textsComeWithTheHeadByDefault() throws Exception {
        try (Clip with = clip.with(dev.clap4j.head.Head.load(head))) {
            assertThat(embedding("{\"input\": \"a dog\"}"))
                    .containsExactly(with.embedTexts("a dog").normalised().row(0), within(1e-5f));
        }
        assertThat(embedding("{\"input\": \"a dog\", \"model\": \"tiny-clip\"}"))
                .containsExactly(clip.embedTexts("a dog").normalised().row(0), within(1e-5f));
    }

    @Test
    void badFieldsAreNamed() throws Exception {
        HttpResponse<String> answer = post("/v1/embeddings", "{\"input\": [\"a dog\", \" \"]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/error/param").asText()).isEqualTo("input[1]");
        answer = post("/v1/embeddings", "{\"input\": \"a dog\", \"dimensions\": 3}");
        assertThat(JSON.readTree(answer.body()).at("/error/param").asText()).isEqualTo("dimensions");
    }

    @Test
    void aBadPictureFailsAlone() throws Exception {
        HttpResponse<String> answer =
                post("/v1/classify", "{\"images\": [\"%s\", \"AAAA\"], \"top\": 1}".formatted(base64()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode rows = JSON.readTree(answer.body()).get("data");
        assertThat(rows.get(0).get("predictions")).hasSize(1);
        assertThat(rows.get(1).at("/error/param").asText()).isEqualTo("images[1]");
    }

    @Test
    void readyAndDescribed() throws Exception {
        assertThat(get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/docs").body()).contains("/v1/embeddings");
        assertThat(get("/metrics").body()).contains("clap_encode_seconds_count");
        assertThat(get("/v1/models").body()).contains("tiny-clip+clap");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/v1/embeddings").statusCode()).isEqualTo(405);
    }
}
