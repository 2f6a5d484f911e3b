package dev.clap4j.internal.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.server.encode.Call;
import dev.clap4j.internal.server.fetch.PictureFetcher;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Json;
import dev.clap4j.internal.server.model.Input;
import dev.clap4j.internal.server.model.ServedModel;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads texts and pictures in the forms that clients send. */
public final class InputReader {
    private static final Pattern DATA = Pattern.compile("(?i)data:[^,]{0,200};base64");
    private static final Pattern LINK = Pattern.compile("(?i)[a-z][a-z0-9+.-]{1,20}:.*", Pattern.DOTALL);
    private static final String TEXT = "text";
    private static final String IMAGE = "image";
    private static final String IMAGE_URL = "image_url";

    private final ServedModel model;
    private final PictureFetcher fetcher;
    private final int most;

    /**
     * Creates a reader.
     *
     * @param most the largest number of inputs
     */
    public InputReader(ServedModel model, PictureFetcher fetcher, int most) {
        this.model = model;
        this.fetcher = fetcher;
        this.most = most;
    }

    /**
     * Reads one input or a list of them: strings, which are texts or pictures, and objects with {@code text} or {@code
     * image}.
     *
     * @param pictures whether strings are pictures
     */
    List<Input> inputs(String param, JsonNode node, boolean pictures, Call call) {
        if (!node.isArray()) {
            return List.of(input(param, node, pictures, call));
        }
        requireCount(param, node.size());
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            inputs.add(input(param + "[" + i + "]", node.get(i), pictures, call));
        }
        return inputs;
    }

    void requireCount(String param, int count) {
        if (count < 1 || count > most) {
            throw ApiException.bad(param, "1 to " + most + " inputs are expected, not " + count);
        }
    }

    private Input input(String param, JsonNode node, boolean pictures, Call call) {
        requireTime(call);
        if (node.isTextual()) {
            return pictures ? picture(param, node.textValue(), call) : model.text(param, node.textValue());
        }
        if (node.isNumber() || node.isArray()) {
            throw ApiException.bad(param, "Texts are expected as strings; token numbers differ from model to model");
        }
        if (!node.isObject()) {
            throw ApiException.bad(param, "A string, or an object with text or image, is expected");
        }
        Json.requireOnly(node, param + ".", Set.of(TEXT, IMAGE));
        Optional<JsonNode> text = Fields.get(node, TEXT);
        Optional<JsonNode> image = Fields.get(node, IMAGE);
        if (text.isPresent() == image.isPresent()) {
            throw ApiException.bad(param, "Either text or image is expected");
        }
        return text.isPresent()
                ? model.text(param + ".text", Fields.text(param + ".text", text.get()))
                : picture(param + ".image", Fields.text(param + ".image", image.get()), call);
    }

    /** Reads a picture: base64, a data URI, or a link to an allowed host. */
    public Input.Picture picture(String param, String given, Call call) {
        int comma = given.indexOf(',');
        if (comma > 0 && DATA.matcher(given.substring(0, comma)).matches()) {
            return decoded(param, given.substring(comma + 1));
        }
        if (LINK.matcher(given.substring(0, Math.min(given.length(), 64))).matches()) {
            return new Input.Picture(param, fetcher.fetch(param, given, call));
        }
        return decoded(param, given);
    }

    private static Input.Picture decoded(String param, String base64) {
        try {
            return new Input.Picture(param, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw ApiException.bad(param, "A picture is expected in base64, or as a data URI with base64");
        }
    }

    /** Reads the parts of chat messages, in order, each of which is an input. */
    List<Input> messages(JsonNode messages, Call call) {
        if (!messages.isArray()) {
            throw ApiException.bad("messages", "A list of messages is expected");
        }
        List<Input> inputs = new ArrayList<>();
        for (int m = 0; m < messages.size(); m++) {
            String param = "messages[" + m + "]";
            JsonNode message = messages.get(m);
            if (!message.isObject()) {
                throw ApiException.bad(param, "An object with role and content is expected");
            }
            Json.requireOnly(message, param + ".", Set.of("role", "content", "name"));
            JsonNode content = Fields.get(message, "content")
                    .orElseThrow(() -> ApiException.bad(param + ".content", "The content is missing"));
            if (content.isTextual()) {
                inputs.add(model.text(param + ".content", content.textValue()));
            } else {
                requireCount(param + ".content", content.isArray() ? content.size() : 0);
                for (int i = 0; i < content.size(); i++) {
                    inputs.add(part(param + ".content[" + i + "]", content.get(i), call));
                }
            }
            requireCount("messages", inputs.size());
        }
        requireCount("messages", inputs.size());
        return inputs;
    }

    private static void requireTime(Call call) {
        if (call.isOver()) {
            throw ApiException.overdue();
        }
    }

    private Input part(String param, JsonNode part, Call call) {
        requireTime(call);
        String type = Fields.text(part, "type").orElse("");
        if (type.equals(TEXT)) {
            Json.requireOnly(part, param + ".", Set.of("type", TEXT));
            return model.text(param + ".text", Fields.text(part, TEXT).orElse(""));
        }
        if (!type.equals(IMAGE_URL)) {
            throw ApiException.bad(param + ".type", "text or image_url is expected");
        }
        Json.requireOnly(part, param + ".", Set.of("type", IMAGE_URL));
        JsonNode link = Fields.get(part, IMAGE_URL)
                .orElseThrow(() -> ApiException.bad(param + ".image_url", "The picture is missing"));
        String where = param + ".image_url";
        if (link.isObject()) {
            Json.requireOnly(link, where + ".", Set.of("url", "detail"));
            return picture(where + ".url", Fields.text(link, "url").orElse(""), call);
        }
        return picture(where, Fields.text(where, link), call);
    }
}
