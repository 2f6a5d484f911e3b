package dev.clap4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.TinyClip;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.prompt.ClassPrompts;
import dev.clap4j.search.FoundImage;
import dev.clap4j.search.ImageIndex;
import dev.clap4j.search.ImageIndexing;
import dev.clap4j.search.SearchQuery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page, and what it asks a server that has indexes, one made with the head and one without. */
@Timeout(60)
class IndexAnswersTests {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private static Clip clip;
    private static Clip robust;
    private static ClapServer server;
    private static Path folder;
    private static Path images;
    private static Path plainIndex;
    private static String picture;
    private static OpenApi document;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        clip = Clip.load(TinyClip.write(folder));
        images = folder.resolve("images");
        picture = Base64.getEncoder()
                .encodeToString(Files.readAllBytes(TinyClip.images(images, 12).get(0)));
        Path head = folder.resolve("head.safetensors");
        TinyClip.head(1).save(head);
        robust = clip.with(Head.load(head));
        plainIndex = index(clip, "plain");
        server = ClapServer.builder()
                .model(clip)
                .head(head)
                .classes(List.of("dog", "cat", "bird"))
                .indexes(plainIndex, index(robust, "robust"))
                .map(IndexAnswersTests::diagonal)
                .port(0)
                .log(line -> {})
                .start();
        document = OpenApi.of(send("GET", "/openapi.yaml", "").body());
    }

    private static Path index(Clip with, String name) {
        Path index = folder.resolve(name);
        ImageIndexing.with(with)
                .withClasses(ClassPrompts.of(List.of("dog", "cat")))
                .update(index, List.of(images));
        return index;
    }

    private static FeatureMatrix diagonal(FeatureMatrix features, dev.clap4j.Progress progress) {
        float[] places = new float[2 * features.rows()];
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.floorDiv(i, 2);
        }
        return new FeatureMatrix(features.ids(), 2, places);
    }

    @AfterAll
    static void stop() {
        server.close();
        robust.close();
        clip.close();
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        return CLIENT.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(server.address().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static JsonNode valid(HttpResponse<String> answer, int status, String schema) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return document.valid(answer, schema);
    }

    private static JsonNode post(String path, String body, String schema) throws Exception {
        return valid(send("POST", path, body.replace('\'', '"').replace("PICTURE", picture)), 200, schema);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void searchFindsWhatTheLibraryFinds(boolean clap) throws Exception {
        JsonNode found =
                post("/v1/search", "{'text': 'a dog', 'not': 'a cat', 'top': 5, 'clap': " + clap + "}", "Found");
        try (ImageIndex index = ImageIndex.open(folder.resolve(clap ? "robust" : "plain"))) {
            List<FoundImage> expected = index.search(clap ? robust : clip)
                    .find(SearchQuery.of("a dog").butNot("a cat").withTop(5));
            assertThat(found.get("clap").asBoolean()).isEqualTo(clap);
            assertThat(found.get("data").findValuesAsText("name"))
                    .isEqualTo(expected.stream()
                            .map(one -> one.image().path().getFileName().toString())
                            .toList());
        }
    }

    @Test
    void aPictureFindsItself() throws Exception {
        JsonNode found = post("/v1/search", "{'image': 'PICTURE', 'top': 1}", "Found");
        assertThat(found.at("/data/0/similarity").asDouble()).isGreaterThan(0.999);
        assertThat(found.toString()).doesNotContain(folder.toString());
    }

    @Test
    void similarPicturesOfOtherStylesComeFirst() throws Exception {
        JsonNode one =
                post("/v1/search", "{'text': 'a dog', 'top': 1}", "Found").at("/data/0");
        JsonNode found = post("/v1/similar", "{'id': '" + one.get("id").asText() + "', 'top': 50}", "Found");
        List<String> styles = found.get("data").findValuesAsText("style");
        assertThat(styles).hasSize(11);
        assertThat(new HashSet<>(found.get("data").findValuesAsText("id"))).hasSize(11);
        int same = styles.indexOf(one.get("style").asText());
        if (same >= 0) {
            assertThat(Set.copyOf(styles.subList(same, styles.size())))
                    .containsExactly(one.get("style").asText());
        }
        assertThat(found.get("data").findValuesAsText("id"))
                .doesNotContain(one.get("id").asText());
    }

    @Test
    void thumbnailsAreSmallAndOnlyOfPicturesThatWereNamed() throws Exception {
        String id = post("/v1/search", "{'text': 'a dog', 'top': 1}", "Found")
                .at("/data/0/id")
                .asText();
        HttpResponse<byte[]> jpeg =
                CLIENT.send(request("GET", "/v1/pictures/" + id, ""), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(jpeg.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(jpeg.body())).getWidth())
                .isBetween(1, 224);
        for (String other : List.of(
                "0".repeat(32), "..%2f..%2fetc%2fpasswd", "../../etc/passwd", images.toString(), "", "%00", "a/b")) {
            String path = "/v1/pictures/" + other;
            assertThat(send("GET", path, "").statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void aFileThatChangedHasNoThumbnail() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        Path file = TinyClip.images(own, 1).get(0);
        Path index = folder.resolve("own.index");
        ImageIndexing.with(clip).update(index, List.of(own));
        try (ClapServer other = ClapServer.builder()
                .model(clip)
                .indexes(index)
                .port(0)
                .log(line -> {})
                .start()) {
            ClapServer usual = server;
            server = other;
            try {
                String id = JSON.readTree(send("POST", "/v1/search", "{\"text\": \"a dog\"}")
                                .body())
                        .at("/data/0/id")
                        .asText();
                Files.write(file, new byte[] {1, 2, 3});
                valid(send("GET", "/v1/pictures/" + id, ""), 404, "Error");
                assertThat(send("GET", "/v1/map", "").statusCode()).isEqualTo(404);
            } finally {
                server = usual;
            }
        }
    }

    @Test
    void theMapIsMadeInTheBackground() throws Exception {
        JsonNode map = valid(send("GET", "/v1/map", ""), 200, "Map");
        while (map.get("status").asText().equals("computing")) {
            Thread.sleep(20);
            map = valid(send("GET", "/v1/map", ""), 200, "Map");
        }
        assertThat(map.get("status").asText()).isEqualTo("ready");
        assertThat(map.get("data")).hasSize(12);
        assertThat(map.at("/data/11/x").asInt()).isEqualTo(11);
        JsonNode index = valid(send("GET", "/v1/index", ""), 200, "Index");
        assertThat(index.toString())
                .contains("\"pictures\":12,\"clip\":true,\"clap\":true,\"map\":true", "[\"dog\",\"cat\"]");
    }

    @Test
    void comparisonsAreClassificationsAtEveryAlpha() throws Exception {
        float usual = TinyClip.head(1).info().alpha();
        JsonNode compared = post(
                "/v1/compare",
                "{'images': 'PICTURE', 'classes': ['sun', 'moon'], 'alphas': [0, " + usual + "]}",
                "Comparison");
        assertThat(compared.at("/data/0/clap/0")).isEqualTo(compared.at("/data/0/clip"));
        for (boolean clap : new boolean[] {false, true}) {
            JsonNode classified = post(
                    "/v1/classify",
                    "{'images': 'PICTURE', 'classes': ['sun', 'moon'], 'clap': " + clap + "}",
                    "Classifications");
            for (JsonNode guess : classified.at("/data/0/predictions")) {
                int label = guess.get("label").asText().equals("sun") ? 0 : 1;
                assertThat(compared.at(clap ? "/data/0/clap/1" : "/data/0/clip")
                                .get(label)
                                .floatValue())
                        .isEqualTo(guess.get("probability").floatValue());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/search | {} | 400",
                "/v1/search | {'text': ' '} | 400",
                "/v1/search | {'text': 'a', 'not': ''} | 400",
                "/v1/search | {'text': 'LONG'} | 400",
                "/v1/search | {'text': 'a', 'not': 'LONG'} | 400",
                "/v1/search | {'text': 'a', 'top': 201} | 400",
                "/v1/search | {'text': 'a', 'classes': ['wolf']} | 400",
                "/v1/search | {'text': 'a', 'styles': [1]} | 400",
                "/v1/search | {'image': 'AAAA'} | 400",
                "/v1/search | {'text': 'a', 'path': '/etc'} | 400",
                "/v1/similar | {} | 400",
                "/v1/similar | {'id': '../../etc/passwd'} | 404",
                "/v1/compare | {'images': 'PICTURE'} | 400",
                "/v1/compare | {'images': 'PICTURE', 'alphas': [1e39]} | 400",
                "/v1/compare | {'images': 'PICTURE', 'alphas': ['1']} | 400",
                "/v1/compare | {'images': {'text': 'a'}, 'alphas': []} | 400",
                "/v1/compare | {'images': 'AAAA', 'alphas': []} | 400"
            })
    void badRequests(String path, String body, int status) throws Exception {
        JsonNode error = valid(
                send(
                        "POST",
                        path,
                        body.replace('\'', '"').replace("PICTURE", picture).replace("LONG", "dog ".repeat(99))),
                status,
                "Error");
        assertThat(error.toString()).doesNotContain("Exception", "dev.clap4j", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/page.css", "/page/page.js", "/page/map.js", "/page/icon.svg", "/docs"})
    void pagesAllowNothingInline(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*", "data:");
        if (!path.endsWith(".svg")) {
            assertThat(answer.body())
                    .doesNotContain("innerHTML", " style=", "<style", "onclick=", "http://", "https://");
        }
    }

    private ClapServer.Builder robust(List<String> log) {
        return ClapServer.builder()
                .model(clip)
                .indexes(folder.resolve("robust"))
                .port(0)
                .log(log::add);
    }

    @Test
    void anIndexOfAnotherHeadOrAlphaIsRefused() throws Exception {
        Path head = folder.resolve("head.safetensors");
        Path other = folder.resolve("other.safetensors");
        TinyClip.head(2).save(other);
        // An index that a program made does not know the head's file.
        String made = "head, of the digest " + Head.load(head).fingerprint() + ", and alpha 0.5";
        List<String> log = new CopyOnWriteArrayList<>();
        assertThatThrownBy(() -> robust(log).start())
                .isInstanceOf(ClapException.class)
                .hasMessageEndingWith("robust was made with a " + made);
        assertThatThrownBy(() -> robust(log).head(other).start())
                .isInstanceOf(ClapException.class)
                .hasMessageEndingWith("robust was made with another " + made);
        assertThatThrownBy(() -> robust(log).head(head).alpha(1).start())
                .isInstanceOf(ClapException.class)
                .hasMessageEndingWith("robust was made with alpha 0.5, not 1.0");
    }

    /** A head with which the index cannot be searched, or an index that the head cannot search, changes nothing. */
    @Test
    void whatDoesNotFitIsNotReloaded() throws Exception {
        Path head = folder.resolve("replaced.safetensors");
        TinyClip.head(1).save(head);
        Path index = index(robust, "replaced");
        List<String> log = new CopyOnWriteArrayList<>();
        try (ClapServer other = robust(log).indexes(index).head(head).start()) {
            HttpRequest request = HttpRequest.newBuilder(other.address().resolve("/v1/search"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"a dog\"}"))
                    .build();
            String found =
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
            TinyClip.head(2).save(head);
            await(log, "head_refused", "replaced was made with another head");
            try (Stream<Path> files = Files.list(index)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            await(log, "index_refused", "holds no index");
            try (Clip strange = clip.with(TinyClip.head(2))) {
                index(strange, "replaced");
            }
            await(log, "index_refused", "made anew");
            HttpResponse<String> again = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(found);
        }
    }

    /** The files that are open stay readable, and the folder is found again when it is back. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anIndexThatIsMovedAwayIsServedAsItWas() throws Exception {
        Path index = index(clip, "moving");
        List<String> log = new CopyOnWriteArrayList<>();
        try (ClapServer other = ClapServer.builder()
                .model(clip)
                .indexes(index)
                .port(0)
                .log(log::add)
                .start()) {
            HttpRequest request = HttpRequest.newBuilder(other.address().resolve("/v1/search"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"a dog\"}"))
                    .build();
            String found =
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Path away = Files.move(index, folder.resolve("away"));
            await(log, "index_refused", "There is no index " + index + ": there is no such folder");
            assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo(found);
            Files.move(away, index);
            TinyClip.images(folder.resolve("more"), 1);
            ImageIndexing.with(clip).update(index, List.of(folder.resolve("more")));
            while (JSON.readTree(CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .get("data")
                            .size()
                    < 13) {
                Thread.sleep(20);
            }
        }
    }

    private static void await(List<String> log, String event, String message) throws InterruptedException {
        while (log.stream().noneMatch(line -> line.contains(event) && line.contains(message))) {
            Thread.sleep(20);
        }
    }

    @Test
    void twoIndexesOfAKindAreRefused() {
        assertThatThrownBy(() -> ClapServer.builder()
                        .model(clip)
                        .indexes(plainIndex, plainIndex)
                        .port(0)
                        .start())
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("one of each kind");
    }
}
