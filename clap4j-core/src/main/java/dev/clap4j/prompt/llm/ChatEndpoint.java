package dev.clap4j.prompt.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.http.ApiKey;
import dev.clap4j.internal.http.JsonEndpoint;
import dev.clap4j.internal.http.Service;
import dev.clap4j.internal.http.Timeouts;
import java.util.Map;
import java.util.Optional;

/**
 * A language model behind an endpoint for OpenAI's chat completions, as offered by most servers. Thread-safe.
 *
 * <p>Temporary failures (timeouts, too many requests, server errors) are retried after pauses that double or that the
 * server requests, for at most ten minutes; all other errors are reported at once. The key is sent in the request's
 * header only: redirects are not followed, and in quotations of the server it is masked.
 */
public final class ChatEndpoint implements Chat {
    private static final Service SERVICE = new Service(
            "language model", "/chat/completions", "a chat completion", "http://localhost:8000/v1", 8 << 20);

    private final JsonEndpoint endpoint;
    private final String model;
    private final Optional<ApiKey> key;

    /**
     * Creates a client.
     *
     * @param endpoint the API's address, for instance {@code http://localhost:8000/v1}, with or without {@code
     *     /chat/completions}
     * @param model the model's name on the server
     * @param key the API key, if the server requires one
     * @throws ClapException if the address is invalid or contains a password or a query, the name is empty, or the key
     *     has invalid characters
     */
    public ChatEndpoint(String endpoint, String model, Optional<String> key) {
        this(endpoint, model, key, Timeouts.DEFAULTS);
    }

    ChatEndpoint(String endpoint, String model, Optional<String> key, Timeouts timeouts) {
        if (model.isBlank()) {
            throw new ClapException("The name of the language model is empty");
        }
        this.model = model;
        this.key = key.map(text -> ApiKey.bearer(text, SERVICE.name()));
        this.endpoint = new JsonEndpoint(SERVICE, endpoint, model, this.key, timeouts);
    }

    @Override
    public Map<String, String> describe() {
        return Map.of("endpoint", endpoint.uri().toString(), "model", model);
    }

    @Override
    public String ask(String question) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("model", model);
        request.putArray("messages").addObject().put("role", "user").put("content", question);
        return endpoint.post(request, this::text);
    }

    private Optional<String> text(JsonNode answer) {
        JsonNode content = answer.at("/choices/0/message/content");
        if (key.stream().anyMatch(secret -> secret.isIn(content.asText()))) {
            throw new ClapException(endpoint.uri() + " repeats the key in its answer, so nothing of it is kept");
        }
        return content.isTextual() ? Optional.of(content.asText()) : Optional.empty();
    }
}
