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
 * {@code sdapi/v1/txt2img} of AUTOMATIC1111's Stable Diffusion web UI, which Forge, SD.Next and others offer too. What is
 * not set is the server's choice.
 *
 * @param model the checkpoint's name on the server; empty for the one that is loaded
 * @param size the size of the pictures
 * @param steps number of denoising steps; 0 if not set
 * @param guidance classifier-free guidance scale; NaN if not set
 * @param negativePrompt the negative prompt; empty for none
 * @param sampler the sampler's name on the server; empty if not set
 */
public record Automatic1111(
        String model, PictureSize size, int steps, double guidance, String negativePrompt, String sampler)
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
        if (steps > 0) {
            request.put("steps", steps);
        }
        if (!Double.isNaN(guidance)) {
            request.put("cfg_scale", guidance);
        }
        if (!negativePrompt.isEmpty()) {
            request.put("negative_prompt", negativePrompt);
        }
        if (!sampler.isEmpty()) {
            request.put("sampler_name", sampler);
        }
        if (!model.isEmpty()) {
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
        Map<String, String> settings = new TreeMap<>(Map.of("api", "automatic1111", "size", size.toString()));
        if (steps > 0) {
            settings.put("steps", String.valueOf(steps));
        }
        if (!Double.isNaN(guidance)) {
            settings.put("guidance", String.valueOf(guidance));
        }
        settings.put("negative", negativePrompt);
        settings.put("sampler", sampler);
        settings.put("model", model);
        settings.values().removeIf(String::isEmpty);
        return settings;
    }
}
