package dev.clap4j.internal.diffusion.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.http.Service;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code sdapi/v1/txt2img} of AUTOMATIC1111's Stable Diffusion web UI, which Forge, SD.Next and others offer too. Settings
 * that are null are the server's choice.
 *
 * @param model the checkpoint's name on the server; null for the one that is loaded
 * @param size the size of the pictures
 * @param steps number of denoising steps
 * @param guidance classifier-free guidance scale
 * @param negativePrompt the negative prompt
 * @param sampler the sampler's name on the server
 */
public record Automatic1111(
        String model, PictureSize size, Integer steps, Double guidance, String negativePrompt, String sampler)
        implements ImageApi {
    private static final Service SERVICE = new Service(
            "image server", "/sdapi/v1/txt2img", "a picture in base64", "http://localhost:7860", MOST_BYTES);

    @Override
    public Service service() {
        return SERVICE;
    }

    @Override
    public ObjectNode request(String prompt, long seed) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("prompt", prompt).put("seed", seed).put("batch_size", 1).put("n_iter", 1);
        if (size.isSet()) {
            request.put("width", size.width()).put("height", size.height());
        }
        if (steps != null) {
            request.put("steps", steps);
        }
        if (guidance != null) {
            request.put("cfg_scale", guidance);
        }
        if (negativePrompt != null) {
            request.put("negative_prompt", negativePrompt);
        }
        if (sampler != null) {
            request.put("sampler_name", sampler);
        }
        if (model != null) {
            request.putObject("override_settings").put("sd_model_checkpoint", model);
        }
        return request;
    }

    @Override
    public List<String> optional() {
        return List.of();
    }

    @Override
    public Optional<String> picture(JsonNode answer) {
        return Optional.of(answer.at("/images/0")).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    @Override
    public Map<String, String> describe() {
        Map<String, Object> settings = new TreeMap<>(Map.of("api", "automatic1111"));
        settings.put("model", model);
        settings.put("size", size.isSet() ? size : null);
        settings.put("steps", steps);
        settings.put("guidance", guidance);
        settings.put("negative-prompt", negativePrompt);
        settings.put("scheduler", sampler);
        settings.values().removeIf(Objects::isNull);
        Map<String, String> described = new TreeMap<>();
        settings.forEach((name, value) -> described.put(name, value.toString()));
        return described;
    }
}
