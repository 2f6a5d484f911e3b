package dev.clap4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.prompt.llm.ChatEndpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTests {
    private static final ApiKey KEY = ApiKey.bearer("sk-12345/abcdef", "language model");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-hidden\nhidden",
                "sk-hidden\r\nX-Other: hidden",
                "sk-hidden hidden",
                "sk-hiddenü",
                "\u0000hidden"
            })
    void keysThatNoHeaderCanCarryAreRefusedUnseen(String key) {
        assertThatThrownBy(() -> new ChatEndpoint("http://localhost/v1", "m", Optional.of(key)))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("The key for the language model has U+00")
                .hasMessageEndingWith(", but keys are of visible ASCII characters; copy it again, on one line")
                .satisfies(error -> assertThat(trace(error)).doesNotContain("hidden"));
    }

    private static String trace(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @Test
    void whatStandsAroundAKeyIsNoPartOfIt() {
        assertThat(ApiKey.bearer(" abc\n", "server").authorization()).isEqualTo("Bearer abc");
        assertThatThrownBy(() -> ApiKey.bearer(" \n", "language model"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The key for the language model is empty");
    }

    /** Encoded with {@code base64}. */
    @Test
    void usersAndPasswordsAreSentEncodedAndMaskedEitherWay() {
        ApiKey key = ApiKey.basic(" painter:sesame-0123456789\n", "image server");
        assertThat(key.authorization()).isEqualTo("Basic cGFpbnRlcjpzZXNhbWUtMDEyMzQ1Njc4OQ==");
        assertThat(key.mask("no painter:sesame-0123456789, no cGFpbnRlcjpzZXNhbWUtMDEyMzQ1Njc4OQ==, no sesame-01"))
                .isEqualTo("no [key], no [key], no [key]");
        assertThat(key.isIn("http://host/cGFpbnRlcjpzZXNhbWUtMDEyMzQ1Njc4OQ==")).isTrue();
        assertThatThrownBy(() -> ApiKey.basic("hidden", "image server"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The key for the image server should be a user and a password, as in user:password");
    }

    @Test
    void theKeyAndItsPartsAreMasked() {
        assertThat(KEY).hasToString("[key]");
        assertThat(KEY.mask("Wrong key sk-12345/abcdef.")).isEqualTo("Wrong key [key].");
        assertThat(KEY.mask("sk-12345/abcdefsk-12345/abcdef")).isEqualTo("[key][key]");
        assertThat(KEY.mask("sk-12345\\/abcdef, cut: …345/abcd"))
                .as("escaped, and a part")
                .isEqualTo("[key]\\/abcdef, cut: …[key]");
        assertThat(KEY.mask("12345 sk-1234 other words")).isEqualTo("12345 sk-1234 other words");
        assertThat(KEY.mask("")).isEmpty();
        assertThat(ApiKey.bearer("EMPTY", "server").mask("no EMPTY key")).isEqualTo("no [key] key");
    }

    @Test
    void aKeyInAnAddressIsRefusedUnlessItIsThereByChance() {
        assertThatThrownBy(() -> new ChatEndpoint(
                        "http://host/sk-hidden-0123456789/v1", "m", Optional.of("sk-hidden-0123456789")))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("The endpoint should be a plain address")
                .hasMessageNotContaining("hidden");
        assertThat(new ChatEndpoint("http://ollama:11434/v1", "m", Optional.of("ollama")).describe())
                .containsEntry("endpoint", "http://ollama:11434/v1/chat/completions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:hidden@host/v1",
                "https://hidden@host/v1",
                "http://host/v1?key=hidden",
                "http://host/v1#hidden",
                "http://me:hid den@host",
                "sk?hidden"
            })
    void addressesWithPasswordsAreRefusedUnseen(String endpoint) {
        assertThatThrownBy(() -> new ChatEndpoint(endpoint, "m", Optional.empty()))
                .isInstanceOf(ClapException.class)
                .hasMessage("The endpoint should be a plain address, such as http://localhost:8000/v1, without a user,"
                        + " password, key or query; a key is given apart from it")
                .satisfies(error -> assertThat(trace(error)).doesNotContain("hidden"));
    }
}
