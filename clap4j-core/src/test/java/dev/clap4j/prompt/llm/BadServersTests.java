package dev.clap4j.prompt.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clap4j.ClapException;
import dev.clap4j.internal.http.RawServer;
import dev.clap4j.internal.http.Timeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that never end, send too much, lead elsewhere, tell secrets or speak no HTTP. */
@Timeout(120)
class BadServersTests {
    private static final String KEY = "sk-hidden/0123456789";
    private static final Timeouts SHORT = Timeouts.DEFAULTS
            .withPause(Duration.ofMillis(1))
            .withAnswer(Duration.ofMillis(800))
            .withRequest(Duration.ofMillis(1200));

    private static final Timeouts AMPLE = Timeouts.DEFAULTS.withPause(Duration.ofMillis(1));

    /** Returns the message of a failed request, a line without the key; its causes do not contain the key either. */
    private static String message(RawServer server, Timeouts timeouts) throws IOException {
        try (server) {
            ChatEndpoint endpoint = new ChatEndpoint(server.endpoint(), "m", Optional.of(KEY), timeouts);
            Throwable error = catchThrowable(() -> endpoint.ask("?"));
            assertThat(error).isInstanceOf(ClapException.class);
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("hidden", "01234567");
            assertThat(error.getMessage()).hasLineCount(1).hasSizeLessThan(500);
            assertThat(server.heads).allMatch(head -> head.contains("Authorization: Bearer " + KEY));
            return error.getMessage();
        }
    }

    private static void trickle(OutputStream out) throws IOException, InterruptedException {
        while (true) {
            out.write(' ');
            out.flush();
            Thread.sleep(20);
        }
    }

    static Stream<RawServer.Reply> endlessReplies() {
        return Stream.of(
                out -> Thread.sleep(60_000),
                out -> {
                    out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
                    trickle(out);
                },
                out -> {
                    out.write(RawServer.head("HTTP/1.1 200 OK\nContent-Length: 1000000"));
                    trickle(out);
                },
                out -> {
                    out.write(RawServer.head("HTTP/1.1 401 No\nConnection: close"));
                    trickle(out);
                });
    }

    @ParameterizedTest
    @MethodSource("endlessReplies")
    void answersThatNeverEndAreGivenUp(RawServer.Reply reply) throws IOException {
        assertThat(message(new RawServer(reply), SHORT)).contains(" gave no answer in ", "no complete answer within ");
    }

    @Test
    void noMoreIsReadThanAnAnswerMayHave() throws IOException {
        RawServer.Reply endless = out -> {
            out.write(RawServer.head("HTTP/1.1 200 OK\nConnection: close"));
            byte[] block = "a lot of words ".repeat(1000).getBytes(StandardCharsets.UTF_8);
            while (true) {
                out.write(block);
            }
        };
        assertThat(message(new RawServer(endless), AMPLE))
                .contains(" answers with more than 8 MiB: a lot of words a lot of words ");
        RawServer.Reply refusal = out -> {
            out.write(RawServer.head("HTTP/1.1 400 Bad\nConnection: close"));
            while (true) {
                out.write("no ".repeat(1000).getBytes(StandardCharsets.UTF_8));
            }
        };
        assertThat(message(new RawServer(refusal), AMPLE)).contains(" refuses: status 400, no no no ");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void theKeyGoesToNoOtherServer(int status) throws IOException {
        try (RawServer other = RawServer.of("HTTP/1.1 200 OK\nConnection: close", "")) {
            String head = "HTTP/1.1 " + status + " Elsewhere\nContent-Length: 0\nLocation: " + other.endpoint();
            assertThat(message(RawServer.of(head, ""), AMPLE))
                    .endsWith(" refuses: status " + status + "; it redirects to \"" + other.endpoint()
                            + "\", which is not followed; use that address if it is the right one");
            assertThat(other.heads).isEmpty();
        }
    }

    static Stream<RawServer.Reply> echoes() {
        String json = "{\"error\": {\"message\": \"Bad key " + KEY + "\"}}";
        String escaped = "{\"error\": \"Bad key sk-hidden\\/0123456789\"}";
        String completion = "{\"choices\": [], \"key\": \"" + KEY + "\"}";
        String late = " ".repeat(10) + "x".repeat(190) + KEY;
        return Stream.of("401 No", "403 No", "404 No", "400 Bad", "503 Busy", "200 OK")
                .flatMap(status -> Stream.of(json, escaped, completion, late, "<p>" + KEY + "</p>", KEY)
                        .map(body -> reply("HTTP/1.1 " + status + "\nConnection: close", body)));
    }

    private static RawServer.Reply reply(String head, String body) {
        return out -> {
            out.write(RawServer.head(head));
            out.write(body.getBytes(StandardCharsets.UTF_8));
        };
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void keysThatAServerRepeatsAreMasked(RawServer.Reply reply) throws IOException {
        message(new RawServer(reply), AMPLE);
    }

    /** Else the prompts, which are kept in files, would hold it. */
    @Test
    void anAnswerWithTheKeyIsRefused() throws IOException {
        String answer = "{\"choices\": [{\"message\": {\"content\": \"A dog " + KEY + "\"}}]}";
        assertThat(message(new RawServer(reply("HTTP/1.1 200 OK\nConnection: close", answer)), AMPLE))
                .endsWith(" repeats the key in its answer, so nothing of it is kept");
    }

    @Test
    void maskedWordsAreShown() throws IOException {
        RawServer.Reply json = reply("HTTP/1.1 401 No", "{\"error\": {\"message\": \"Bad key " + KEY + "\u001b[2J\"}}");
        assertThat(message(new RawServer(json), AMPLE))
                .as("an escape is no JSON, so all is shown, but visibly")
                .contains("Bad key [key]\\u001b[2J");
        String elsewhere = "HTTP/1.1 302 Found\nContent-Length: 0\nLocation: http://other/?key=" + KEY;
        assertThat(message(RawServer.of(elsewhere, ""), AMPLE)).contains("it redirects to \"http://other/?key=[key]\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-" + KEY,
                "HTTP/1.1 " + KEY,
                "HTTP/1.1 -200 OK",
                "HTTP/1.1 200 OK\n" + KEY,
                "HTTP/1.1 200 OK\nContent-Length: " + KEY,
                "HTTP/1.1 200 OK\nContent-Length: -5",
                "HTTP/1.1 200 OK\nContent-Length: 99999999999999999999",
                "HTTP/1.1 200 OK\nContent-Length: 9223372036854775807",
                "HTTP/1.1 200 OK\nContent-Length: 10\nContent-Length: 20",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n" + KEY,
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nffffffff\nshort",
                "HTTP/1.1 101 Switching Protocols\nUpgrade: h2c\nConnection: Upgrade\n\n" + KEY,
                "HTTP/1.1 503 Busy\nContent-Length: 0\nRetry-After: 99999999999999"
            })
    void whatIsNoAnswerIsTold(String response) throws IOException {
        assertThat(message(RawServer.of(response, ""), SHORT)).startsWith("http://127.0.0.1:");
    }

    @Test
    void textThatIsNotUtf8IsNoAnswer() throws IOException {
        RawServer.Reply latin = out -> {
            out.write(RawServer.head("HTTP/1.1 200 OK\nConnection: close"));
            out.write("{\"choices\": [{\"message\": {\"content\": \"ein schöner Hund\"}}]}"
                    .getBytes(StandardCharsets.ISO_8859_1));
        };
        assertThat(message(new RawServer(latin), AMPLE)).contains("does not answer with a chat completion but with: ");
    }
}
