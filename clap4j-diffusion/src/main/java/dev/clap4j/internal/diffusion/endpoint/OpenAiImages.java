package dev.clap4j.internal.diffusion.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.http.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * OpenAI's {@code images/generations}, which many servers offer. OpenAI itself takes no seed, and some of its models no
 * {@code response_format}; most other servers take both.
 *
 * @param model the model's name on the server; null for the server's own
 * @param size the size of the pictures
 */
public record OpenAiImages(String model, PictureSize size) implements ImageApi {
    private static final Service SERVICE = new Service(
            "image server", "/images/generations", "a picture in base64", "http://localhost:8080/v1", MOST_BYTES);

    @Override
    public Service service() {
        return SERVICE;
    }

    @Override
    public ObjectNode request(String prompt, long seed) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (model != null) {
            request.put("model", model);
        }
        request.put("prompt", prompt).put("n", 1);
        if (size.isSet()) {
            request.put("size", size.toString());
        }
        return request.put("response_format", "b64_json").put("seed", seed);
    }

    @Override
    public List<String> optional() {
        return List.of("response_format", "seed");
    }

    @Override
    public Optional<String> picture(JsonNode answer) {
        return Optional.of(answer.at("/data/0/b64_json"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> settings = new TreeMap<>(Map.of("api", "openai"));
        if (size.isSet()) {
            settings.put("size", size.toString());
        }
        if (model != null) {
            settings.put("model", model);
        }
        return settings;
    }
}
