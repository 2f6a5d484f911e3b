package dev.clap4j.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clap4j.ClapException;
import dev.clap4j.diffusion.EndpointOptions.Api;
import dev.clap4j.internal.http.RawServer;
import dev.clap4j.internal.http.Timeouts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that draw something else, too much or nothing, never end, lead elsewhere, or tell secrets. */
@Timeout(120)
class HostileServersTests {
    private static final String KEY = "sk:hidden/0123456789";
    private static final int SIDE = 32;
    private static final Timeouts SHORT = Timeouts.DEFAULTS
            .withPause(Duration.ofMillis(1))
            .withAnswer(Duration.ofMillis(800))
            .withRequest(Duration.ofMillis(1200));

    private static final Timeouts AMPLE = Timeouts.DEFAULTS.withPause(Duration.ofMillis(1));

    /** Returns the message of a failed request, a line without the key; its causes do not contain the key either. */
    private static String message(Api api, RawServer.Reply reply, Timeouts timeouts) throws IOException {
        try (RawServer server = new RawServer(reply)) {
            EndpointOptions options = EndpointOptions.of(server.endpoint(), api).withSize(SIDE, SIDE);
            try (EndpointSynthesizer synthesizer =
                    EndpointSynthesizer.of(options, Optional.of(KEY), warning -> {}, timeouts)) {
                Throwable error = catchThrowable(() -> synthesizer.synthesize("a dog", "dog", 1));
                assertThat(error).isInstanceOf(ClapException.class);
                StringWriter trace = new StringWriter();
                error.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain("hidden", "01234567");
                assertThat(error.getMessage()).hasLineCount(1).hasSizeLessThan(500);
                return error.getMessage();
            }
        }
    }

    private static RawServer.Reply reply(String status, String body) {
        return out -> {
            out.write(RawServer.head("HTTP/1.1 " + status + "\nConnection: close"));
            out.write(body.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static RawServer.Reply answer(Api api, String picture) {
        return reply(
                "200 OK",
                api == Api.OPENAI
                        ? "{\"data\": [{\"b64_json\": \"" + picture + "\"}]}"
                        : "{\"images\": [\"" + picture + "\"]}");
    }

    private static String base64(byte[] file) {
        return Base64.getEncoder().encodeToString(file);
    }

    private static String base64(String file) {
        return base64(file.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "64, 64", "32, 33", "1024, 1024"})
    void picturesOfAnotherSizeAreRefused(int width, int height) throws IOException {
        String picture = PictureServer.picture(width, height, "", 1);
        for (Api api : Api.values()) {
            assertThat(message(api, answer(api, picture), AMPLE))
                    .endsWith(" answers with a picture of " + width + "x" + height
                            + " pixels, where 32x32 were asked for; choose a size that it offers");
        }
    }

    /** A few bytes that claim to be many pixels. */
    @Test
    void bombsAreNotDecoded() throws IOException {
        for (int side : new int[] {5_000, 60_000, Integer.MAX_VALUE}) {
            assertThat(message(Api.OPENAI, answer(Api.OPENAI, base64(png(side))), AMPLE))
                    .contains(" answers with a bad picture: ", "it claims to have " + side + "×" + side + " pixels");
        }
    }

    private static byte[] png(int side) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(side)
                .putInt(side)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 check = new CRC32();
        check.update(header);
        file.writeBytes(ByteBuffer.allocate(4).putInt(13).array());
        file.writeBytes(header);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
        return file.toByteArray();
    }

    @Test
    void brokenPicturesAreRefused() throws IOException {
        byte[] whole = Base64.getDecoder().decode(PictureServer.picture(SIDE, SIDE, "", 1));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        for (String picture : new String[] {
            base64(half), base64("<html>no picture</html>"), base64("<svg/>"), base64(""), base64("\u00ff\u00d8\u00ff")
        }) {
            assertThat(message(Api.OPENAI, answer(Api.OPENAI, picture), AMPLE))
                    .contains(" answers with a bad picture: Cannot decode it: ");
        }
        assertThat(message(Api.AUTOMATIC1111, answer(Api.AUTOMATIC1111, "no base64!"), AMPLE))
                .endsWith(" answers with a picture that is not in base64");
    }

    static Stream<String> otherAnswers() {
        return Stream.of(
                "",
                "<html>Welcome</html>",
                "null",
                "[]",
                "{}",
                "{\"data\": []}",
                "{\"data\": [{\"url\": \"http://elsewhere/picture.png\"}]}",
                "{\"data\": [{\"b64_json\": 3}], \"images\": [null]}",
                "{\"data\": [{\"b64_json\": \"iVBORw0KGgo",
                "[".repeat(100_000),
                "\u0000\u0001\u0002");
    }

    @ParameterizedTest
    @MethodSource("otherAnswers")
    void answersThatAreNoneAreShown(String body) throws IOException {
        for (Api api : Api.values()) {
            assertThat(message(api, reply("200 OK", body), AMPLE))
                    .contains(" does not answer with a picture in base64 but with: ");
        }
    }

    @Test
    void halfABodyIsTriedAgainAndTold() throws IOException {
        RawServer.Reply half = out -> {
            out.write(RawServer.head("HTTP/1.1 200 OK\nContent-Length: 100000"));
            out.write("{\"data\": [{\"b64_json\": \"iVBORw0KGgo".getBytes(StandardCharsets.UTF_8));
        };
        assertThat(message(Api.OPENAI, half, AMPLE)).contains(" gave no answer in 5 tries, the last time: ");
    }

    @Test
    void noMoreIsReadThanAPictureMayHave() throws IOException {
        RawServer.Reply much = out -> {
            out.write(RawServer.head("HTTP/1.1 200 OK\nContent-Length: 104857600"));
            byte[] block = "{\"data\": [{\"b64_json\": \"".getBytes(StandardCharsets.UTF_8);
            out.write(block);
            byte[] more = "A".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            for (long sent = 0; sent < 104857600; sent += more.length) {
                out.write(more);
            }
        };
        assertThat(message(Api.OPENAI, much, AMPLE)).contains(" answers with more than 32 MiB: {\"data\": ");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void neitherKeyNorPromptGoesToAnotherServer(int status) throws IOException {
        try (RawServer other = RawServer.of("HTTP/1.1 200 OK\nConnection: close", "")) {
            RawServer.Reply elsewhere =
                    reply(status + " Elsewhere\nContent-Length: 0\nLocation: " + other.endpoint(), "");
            assertThat(message(Api.OPENAI, elsewhere, AMPLE))
                    .endsWith(" refuses: status " + status + "; it redirects to \"" + other.endpoint()
                            + "\", which is not followed; use that address if it is the right one");
            assertThat(other.heads).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void answersThatNeverEndAreGivenUp(Api api) throws IOException {
        RawServer.Reply drip = out -> {
            out.write(RawServer.head("HTTP/1.1 200 OK\nContent-Length: 1000000"));
            while (true) {
                out.write(' ');
                out.flush();
                Thread.sleep(20);
            }
        };
        assertThat(message(api, drip, SHORT)).contains(" gave no answer in ", "no complete answer within ");
        assertThat(message(api, out -> Thread.sleep(60_000), SHORT)).contains("no complete answer within ");
    }

    /** A picture beside so many objects that they would fill the memory. */
    @Test
    void answersOfManyObjectsAreNotRead() throws IOException {
        String picture = PictureServer.picture(SIDE, SIDE, "", 1);
        String objects = "{},".repeat(1 << 18) + "{}";
        assertThat(message(
                        Api.OPENAI,
                        reply("200 OK", "{\"data\": [{\"b64_json\": \"" + picture + "\"}," + objects + "]}"),
                        AMPLE))
                .contains(" does not answer with a picture in base64 but with: ");
        assertThat(message(
                        Api.OPENAI, reply("400 Bad", "{\"error\": \"too long\", \"more\": [" + objects + "]}"), AMPLE))
                .contains(" refuses: status 400, {");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "999999999", "99999999999999999999"})
    void noPauseIsCutToTheNextTry(String retryAfter) throws IOException {
        assertThat(message(Api.OPENAI, reply("429 Slow\nRetry-After: " + retryAfter, ""), SHORT))
                .endsWith(" gave no answer in one try: status 429");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "Wed, 21 Oct 2015 07:28:00 GMT"})
    void tiresNoServerThatWantsNoPause(String retryAfter) throws IOException {
        long begin = System.nanoTime();
        message(Api.OPENAI, reply("503 Busy\nRetry-After: " + retryAfter, ""), AMPLE.withPause(Duration.ofMillis(50)));
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(700_000_000L);
    }

    @Test
    void aPromptThatIsRefusedIsNamed() throws IOException {
        assertThat(message(Api.OPENAI, reply("400 Bad", "{\"error\": {\"message\": \"Not allowed\"}}"), AMPLE))
                .endsWith(" refuses: status 400, Not allowed; the prompt was \"a dog\"");
        assertThat(message(Api.OPENAI, reply("401 No", "{}"), AMPLE)).doesNotContain("the prompt was");
    }

    static Stream<RawServer.Reply> echoes() {
        String encoded = base64(KEY);
        return Stream.of("401 No", "403 No", "404 No", "400 Bad", "422 Bad", "503 Busy", "200 OK")
                .flatMap(status -> Stream.of(
                                "{\"error\": {\"message\": \"Bad key " + KEY + "\"}}",
                                "{\"error\": \"Basic " + encoded + " 'seed'\"}",
                                "{\"data\": [{\"b64_json\": \"" + KEY + "\"}]}",
                                "{\"images\": [\"" + encoded + "\"]}",
                                " ".repeat(10) + "x".repeat(190) + encoded,
                                "<p>" + KEY + "</p>")
                        .map(body -> reply(status, body)));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void keysThatAServerRepeatsAreMasked(RawServer.Reply reply) throws IOException {
        message(Api.OPENAI, reply, AMPLE);
        assertThat(message(Api.AUTOMATIC1111, reply, AMPLE))
                .doesNotContain(base64(KEY).substring(0, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-server",
                "HTTP/1.1 -200 OK",
                "HTTP/1.1 200 OK\nContent-Length: -5",
                "HTTP/1.1 200 OK\nContent-Length: 99999999999999999999",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nffffffff\nshort",
                "HTTP/1.1 503 Busy\nContent-Length: 0\nRetry-After: 99999999999999",
                "HTTP/1.1 503 Busy\nContent-Length: 0\nRetry-After: -1"
            })
    void whatIsNoHttpIsTold(String response) throws IOException {
        assertThat(message(Api.OPENAI, out -> out.write(RawServer.head(response)), SHORT))
                .startsWith("http://127.0.0.1:");
    }
}
