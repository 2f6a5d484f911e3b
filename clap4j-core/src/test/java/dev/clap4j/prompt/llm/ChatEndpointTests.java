package dev.clap4j.prompt.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.http.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEndpointTests {
    private static final Timeouts QUICK = Timeouts.DEFAULTS.withPause(Duration.ofMillis(1));

    private ChatServer server;
    private String uri;

    @BeforeEach
    void start() throws IOException {
        server = new ChatServer(question -> "You said: " + question);
        uri = server.endpoint() + "/chat/completions";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ChatEndpoint endpoint(Optional<String> key) {
        return new ChatEndpoint(server.endpoint() + "/", "small-model", key, QUICK);
    }

    @Test
    void asksAsOpenAisClientsDo() {
        assertThat(endpoint(Optional.of("secret")).ask("Wie geht’s?")).isEqualTo("You said: Wie geht’s?");
        assertThat(server.requests.get(0).get("model").asText()).isEqualTo("small-model");
        assertThat(server.requests.get(0).at("/messages/0/role").asText()).isEqualTo("user");
        assertThat(server.keys).containsExactly("Bearer secret");
        assertThat(endpoint(Optional.empty()).ask("And now?")).isEqualTo("You said: And now?");
        assertThat(server.keys.get(1)).isEqualTo("null");
        assertThat(new ChatEndpoint(uri, "m", Optional.empty()).describe())
                .containsEntry("endpoint", uri)
                .containsEntry("model", "m");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void whatMayPassIsTriedAgain(int status) {
        server.failNext(status, "");
        server.failNext(status, "{}");
        assertThat(endpoint(Optional.empty()).ask("?")).isEqualTo("You said: ?");
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void whatDoesNotPassIsTold() {
        for (int i = 0; i < 5; i++) {
            server.failNext(503, "<html>\n  overloaded</html>");
        }
        assertThatThrownBy(() -> endpoint(Optional.empty()).ask("?"))
                .isInstanceOf(ClapException.class)
                .hasMessage(uri + " gave no answer in 5 tries, the last time: status 503, <html> overloaded</html>");
        assertThat(server.requests).hasSize(5);
    }

    @Test
    void refusalsAreToldAtOnceInTheServersWords() {
        server.failNext(401, "{\"error\": {\"message\": \"No key.\"}}");
        assertThatThrownBy(() -> endpoint(Optional.empty()).ask("?"))
                .isInstanceOf(ClapException.class)
                .hasMessage(uri + " refuses: status 401, No key.; it requires a key")
                .extracting(error -> ((ClapException) error).problem())
                .isEqualTo(Optional.of(Problem.NO_KEY));
        server.failNext(403, "{\"error\": \"Bad key.\"}");
        assertThatThrownBy(() -> endpoint(Optional.of("secret")).ask("?"))
                .isInstanceOf(ClapException.class)
                .hasMessage(uri + " refuses: status 403, Bad key.; check the key");
        server.failNext(404, "");
        assertThatThrownBy(() -> endpoint(Optional.of("secret")).ask("?"))
                .isInstanceOf(ClapException.class)
                .hasMessage(uri + " refuses: status 404; check the address and the name of the model, \"small-model\"");
        server.failNext(400, "x".repeat(1000));
        assertThatThrownBy(() -> endpoint(Optional.empty()).ask("?"))
                .isInstanceOf(ClapException.class)
                .hasMessage(uri + " refuses: status 400, " + "x".repeat(200) + "…");
        assertThat(server.requests).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Welcome</html>", "{\"choices\": []}"})
    void answersThatAreNoneAreShown(String body) {
        server.failNext(200, body);
        assertThatThrownBy(() -> endpoint(Optional.empty()).ask("?"))
                .isInstanceOf(ClapException.class)
                .hasMessage(uri + " does not answer with a chat completion but with: " + body);
    }

    @Test
    void nobodyThereIsTold() {
        server.close();
        assertThatThrownBy(() -> endpoint(Optional.empty()).ask("?"))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot reach " + uri + "; check that a server runs there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000", "ftp://host/v1", "http://", "http://a b", "http://host:99999", ""})
    void whatIsNoAddressIsRefused(String endpoint) {
        assertThatThrownBy(() -> new ChatEndpoint(endpoint, "m", Optional.empty()))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        "The endpoint \"" + endpoint + "\" is not an address; write it as in http://localhost:8000/v1");
    }

    @Test
    void theTimeForAQuestionEnds() {
        server.failNext(503, "busy");
        ChatEndpoint endpoint = new ChatEndpoint(
                server.endpoint(),
                "m",
                Optional.empty(),
                QUICK.withRequest(Duration.ofSeconds(30)).withPause(Duration.ofSeconds(31)));
        assertThatThrownBy(() -> endpoint.ask("?"))
                .isInstanceOf(ClapException.class)
                .hasMessage(uri + " gave no answer in one try: status 503, busy");
    }
}
