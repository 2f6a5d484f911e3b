package dev.clap4j.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.Clip;
import dev.clap4j.TinyClip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of answer, checked against the OpenAPI document that the server itself hands out. */
@Timeout(60)
class AnswersTests {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private static Clip clip;
    private static ClapServer server;
    private static byte[] picture;
    private static OpenApi document;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        clip = Clip.load(TinyClip.write(folder));
        picture =
                Files.readAllBytes(TinyClip.images(folder.resolve("images"), 1).get(0));
        Path head = folder.resolve("head.safetensors");
        TinyClip.head(1).save(head);
        server = ClapServer.builder()
                .model(clip)
                .head(head)
                .classes(List.of("dog", "cat", "bird"))
                .maxInputs(8)
                .maxBodyBytes(1 << 20)
                .port(0)
                .log(LOG::add)
                .start();
        document = OpenApi.of(send("GET", "/openapi.yaml", "").body());
    }

    @AfterAll
    static void stop() {
        server.close();
        clip.close();
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns the answer, which must be as the document says. */
    private static JsonNode valid(HttpResponse<String> answer, String schema) throws IOException {
        return document.valid(answer, schema);
    }

    private static String withPicture(String body) {
        return body.replace("PICTURE", Base64.getEncoder().encodeToString(picture));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/embeddings | {'input': 'a dog'} | Embeddings",
                "/v1/embeddings | {'input': ['a dog', 'a cat'], 'encoding_format': 'base64', 'user': 'me'} | Embeddings",
                "/v1/embeddings | {'input': [{'text': 'a dog'}, {'image': 'PICTURE'}]} | Embeddings",
                "/v1/embeddings | {'input': 'data:image/png;base64,PICTURE', 'modality': 'image'} | Embeddings",
                "/v1/classify | {'images': 'PICTURE'} | Classifications",
                "/v1/classify | {'images': ['PICTURE', 'AAAA'], 'classes': ['sun', 'moon'], 'top': 1} | Classifications",
                "/v1/classify | {'images': 'PICTURE', 'templates': ['a {class}', 'the {class}'], 'clap': false} |"
                        + " Classifications",
                "/v1/similarity | {'inputs': ['a dog', {'image': 'PICTURE'}]} | Similarities",
                "/v1/similarity | {'inputs': 'a dog', 'others': ['a cat', 'a wolf'], 'clap': true} | Similarities"
            })
    void goodRequests(String path, String body, String schema) throws Exception {
        String request = withPicture(body.replace('\'', '"'));
        HttpResponse<String> answer = send("POST", path, request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        valid(answer, schema);
        assertThat(document.allows(path, request)).isTrue();
    }

    /** The document says so, too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/classify | {'images': GIVEN}",
                "/v1/compare | {'images': GIVEN, 'classes': ['dog', 'cat'], 'alphas': [0]}"
            })
    void whereOnlyPicturesAreExpectedATextIsRefused(String path, String body) throws Exception {
        for (String good : List.of("'PICTURE'", "{'image': 'PICTURE'}", "['PICTURE', {'image': 'PICTURE'}]")) {
            String request = withPicture(body.replace("GIVEN", good).replace('\'', '"'));
            assertThat(send("POST", path, request).statusCode()).as(good).isEqualTo(200);
            assertThat(document.allows(path, request)).as(good).isTrue();
        }
        for (String bad : List.of("{'text': 'a dog'}", "['PICTURE', {'text': 'a dog'}]", "[]")) {
            String request = withPicture(body.replace("GIVEN", bad).replace('\'', '"'));
            valid(send("POST", path, request), "Error");
            assertThat(document.allows(path, request)).as(bad).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/models,Models", "/v1/models/tiny-clip,Model", "/healthz,Status", "/readyz,Status"})
    void readings(String path, String schema) throws Exception {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        valid(answer, schema);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /v1/embeddings | | 400",
                "POST | /v1/embeddings | {'input': | 400",
                "POST | /v1/embeddings | [] | 400",
                "POST | /v1/embeddings | {'input': []} | 400",
                "POST | /v1/embeddings | {'input': [1]} | 400",
                "POST | /v1/embeddings | {'input': 'a', 'input': 'b'} | 400",
                "POST | /v1/embeddings | {'input': 'a', 'dimensions': 7} | 400",
                "POST | /v1/embeddings | {'input': 'a', 'dimensions': 1e400} | 400",
                "POST | /v1/embeddings | {'input': 'a', 'encoding_format': 'hex'} | 400",
                "POST | /v1/embeddings | {'input': 'a', 'unknown': 1} | 400",
                "POST | /v1/embeddings | {'input': [{'image': 'http://127.0.0.1/x.png'}]} | 400",
                "POST | /v1/embeddings | {'input': [{'image': 'file:///etc/passwd'}]} | 400",
                "POST | /v1/embeddings | {'input': [{'image': 'AAAA'}]} | 400",
                "POST | /v1/embeddings | {'input': ['1','2','3','4','5','6','7','8','9']} | 400",
                "POST | /v1/embeddings | {'input': 'a', 'model': 'other'} | 404",
                "POST | /v1/classify | {'images': 'AAAA'} | 400",
                "POST | /v1/classify | {'images': 'PICTURE', 'classes': []} | 400",
                "POST | /v1/classify | {'images': 'PICTURE', 'classes': ['a', 'a']} | 400",
                "POST | /v1/classify | {'images': 'PICTURE', 'templates': ['no place']} | 400",
                "POST | /v1/classify | {'images': 'PICTURE', 'top': 0} | 400",
                "POST | /v1/similarity | {} | 400",
                "GET | /v1/models/other | | 404",
                "GET | /v1/models/..%2f..%2fetc | | 404",
                "GET | /nothing | | 404",
                "GET | /v1/classify | | 405",
                "POST | /healthz | | 405",
                "DELETE | /v1/models | | 405"
            })
    void badRequests(String method, String path, String body, int status) throws Exception {
        String json = body == null ? "" : withPicture(body.replace('\'', '"'));
        HttpResponse<String> answer = send(method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = valid(answer, "Error").get("error");
        assertThat(error.get("message").asText()).doesNotContain("Exception", "dev.clap4j", "java.", "/tmp");
    }

    @Test
    void otherKindsOfBodies() throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(server.address().resolve("/v1/embeddings"))
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"input\": \"a\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(415);
        valid(answer, "Error");
    }

    /** Also the sender of a body that is much too large gets to see the answer, each time. */
    @RepeatedTest(10)
    void largeBodies() throws Exception {
        HttpResponse<String> large = send("POST", "/v1/embeddings", "{\"input\": \"" + "a".repeat(20 << 20) + "\"}");
        assertThat(large.statusCode()).isEqualTo(413);
        valid(large, "Error");
    }

    @Test
    void base64IsLittleEndianAndUsageIsCounted() throws Exception {
        JsonNode floats = valid(send("POST", "/v1/embeddings", "{\"input\": [\"a dog\"]}"), "Embeddings");
        JsonNode bytes = valid(
                send("POST", "/v1/embeddings", "{\"input\": [\"a dog\"], \"encoding_format\": \"base64\"}"),
                "Embeddings");
        ByteBuffer numbers = ByteBuffer.wrap(
                        Base64.getDecoder().decode(bytes.at("/data/0/embedding").asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
        JsonNode row = floats.at("/data/0/embedding");
        assertThat(numbers.remaining()).isEqualTo(4 * row.size());
        for (JsonNode number : row) {
            assertThat(numbers.getFloat()).isEqualTo((float) number.asDouble());
        }
        assertThat(floats.at("/usage/prompt_tokens").asInt()).isPositive();
        assertThat(floats.at("/usage/images").asInt()).isZero();
    }

    @Test
    void formsAreClassifiedLikeJson() throws Exception {
        String boundary = "limit";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(part(boundary, "name=\"classes\"", "sun,moon"));
        body.write(part(boundary, "name=\"top\"", "2"));
        body.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a.png\"\r\n\r\n")
                .getBytes(UTF_8));
        body.write(picture);
        body.write(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
        HttpResponse<String> form = CLIENT.send(
                HttpRequest.newBuilder(server.address().resolve("/v1/classify"))
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(form.statusCode()).as(form.body()).isEqualTo(200);
        HttpResponse<String> json = send(
                "POST", "/v1/classify", withPicture("{\"images\": [\"PICTURE\"], \"classes\": [\"sun\", \"moon\"]}"));
        assertThat(valid(form, "Classifications").at("/data/0/predictions"))
                .isEqualTo(valid(json, "Classifications").at("/data/0/predictions"));
    }

    private static byte[] part(String boundary, String name, String value) {
        return ("--" + boundary + "\r\nContent-Disposition: form-data; " + name + "\r\n\r\n" + value + "\r\n")
                .getBytes(UTF_8);
    }

    @Test
    void headersProtectAndLogsKeepContentsOut() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/v1/embeddings", "{\"input\": \"a secret\"}", "X-Request-Id", "my-request");
        assertThat(answer.headers().firstValue("X-Request-Id")).contains("my-request");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().map()).doesNotContainKeys("server", "access-control-allow-origin");
        // The line is written when the answer is out.
        while (LOG.stream().noneMatch(line -> line.contains("\"request_id\":\"my-request\""))) {
            Thread.sleep(20);
        }
        for (String line : LOG) {
            assertThat(JSON.readTree(line).isObject()).isTrue();
            assertThat(line).doesNotContain("secret");
        }
        assertThat(send("GET", "/healthz", "", "Origin", "https://example.org").statusCode())
                .isEqualTo(403);
    }
}
