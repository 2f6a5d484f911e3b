package dev.clap4j.prompt.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A language model behind an endpoint that speaks OpenAI's chat completions, as most servers of language models do. Safe for
 * several threads.
 *
 * <p>What may pass (no answer in time, too many requests, an error of the server's own) is tried again, after waits that
 * double or that the server names; everything else is told at once. The key goes into the request's header and nowhere else.
 */
public final class ChatEndpoint implements Chat {
    private static final String PATH = "/chat/completions";
    private static final int TRIES = 5;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int SHOWN = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final URI uri;
    private final String model;
    private final Optional<String> key;
    private final Duration firstWait;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    /**
     * A language model.
     *
     * @param endpoint the API's address, for instance {@code http://localhost:8000/v1}, with or without
     *     {@code /chat/completions}
     * @param model its name there
     * @param key what the server knows its users by, if it asks for that
     * @throws ClapException if the address is none, or the name is empty
     */
    public ChatEndpoint(String endpoint, String model, Optional<String> key) {
        this(endpoint, model, key, FIRST_WAIT);
    }

    ChatEndpoint(String endpoint, String model, Optional<String> key, Duration firstWait) {
        if (model.isBlank()) {
            throw new ClapException("The name of the language model is empty");
        }
        this.uri = parse(endpoint);
        this.model = model;
        this.key = key;
        this.firstWait = firstWait;
    }

    private static URI parse(String endpoint) {
        try {
            String base = endpoint.strip().replaceAll("/+$", "");
            URI uri = new URI(base.endsWith(PATH) ? base : base + PATH);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below, as any other address that is none.
        }
        throw new ClapException(
                "The endpoint \"" + endpoint + "\" is no address; write it as in http://localhost:8000/v1");
    }

    @Override
    public Map<String, String> describe() {
        return Map.of("endpoint", uri.toString(), "model", model);
    }

    @Override
    public String ask(String question) {
        HttpRequest request = request(question);
        String problem = "";
        for (int tried = 0; tried < TRIES; tried++) {
            Optional<String> retryAfter = Optional.empty();
            try {
                HttpResponse<String> response =
                        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                int status = response.statusCode();
                if (status == 200) {
                    return answer(response.body());
                }
                problem = "status " + status + detail(response.body());
                if (status != 408 && status != 429 && status < 500) {
                    throw new ClapException(uri + " refuses: " + problem + advice(status));
                }
                retryAfter = response.headers().firstValue("Retry-After");
            } catch (ConnectException e) {
                throw new ClapException(
                        "Cannot reach " + uri + "; check that a server runs there, and the --endpoint", e);
            } catch (IOException e) {
                problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            if (tried + 1 < TRIES) {
                pause(tried, retryAfter);
            }
        }
        throw new ClapException(uri + " gave no answer in " + TRIES + " tries, the last time: " + problem);
    }

    private ClapException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ClapException("The question to " + uri + " was interrupted", cause);
    }

    private HttpRequest request(String question) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request.build();
    }

    private String answer(String body) {
        try {
            JsonNode content = JSON.readTree(body).at("/choices/0/message/content");
            if (content.isTextual()) {
                return content.asText();
            }
        } catch (JsonProcessingException e) {
            // Told below, as any other answer that is none.
        }
        throw new ClapException(uri + " does not answer with a chat completion but with: " + shorten(body));
    }

    /** What the server says about an error, in its own words if they can be found. */
    private static String detail(String body) {
        String words = body;
        try {
            JsonNode error = JSON.readTree(body).path("error");
            words = error.isTextual() ? error.asText() : error.path("message").asText(body);
        } catch (JsonProcessingException e) {
            // Not every server, and no proxy, explains itself in JSON.
        }
        return words.isBlank() ? "" : ", " + shorten(words);
    }

    private String advice(int status) {
        return switch (status) {
            case 401, 403 ->
                key.isEmpty()
                        ? "; it wants a key, which --key-variable names the environment variable of"
                        : "; check the key";
            case 404 -> "; check the --endpoint and the --model " + model;
            default -> "";
        };
    }

    private static String shorten(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    private void pause(int tried, Optional<String> retryAfter) {
        long millis = retryAfter
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)).toMillis())
                .orElse(firstWait.toMillis() << tried);
        try {
            Thread.sleep(Math.min(LONGEST_WAIT.toMillis(), millis));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }
}
