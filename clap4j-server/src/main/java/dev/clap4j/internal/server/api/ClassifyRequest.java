package dev.clap4j.internal.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.server.encode.Call;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Form;
import dev.clap4j.internal.server.http.Json;
import dev.clap4j.internal.server.model.Input;
import dev.clap4j.prompt.ClassNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request to classify pictures.
 *
 * @param names the names of the pictures' files, as many as pictures
 * @param classes the class names; empty for the server's
 * @param templates the prompts' templates; empty for the server's
 */
record ClassifyRequest(
        List<Input.Picture> pictures,
        List<Optional<String>> names,
        Optional<List<String>> classes,
        Optional<List<String>> templates,
        Optional<Integer> top,
        Optional<Boolean> clap,
        Optional<String> model) {
    private static final Set<String> FIELDS = Set.of("images", "classes", "templates", "top", "clap", "model");

    /** Reads a JSON object. */
    static ClassifyRequest of(JsonNode body, InputReader reader, Call call) {
        Json.requireOnly(body, "", FIELDS);
        JsonNode images = Fields.get(body, "images")
                .orElseThrow(() -> ApiException.bad("images", "A list of pictures is expected"));
        List<Input.Picture> pictures = new ArrayList<>();
        for (Input input : reader.inputs("images", images, true, call)) {
            if (!(input instanceof Input.Picture picture)) {
                throw ApiException.bad(input.param(), "A picture is expected, not a text");
            }
            pictures.add(picture);
        }
        return new ClassifyRequest(
                pictures,
                pictures.stream().map(picture -> Optional.<String>empty()).toList(),
                Fields.texts(body, "classes"),
                Fields.texts(body, "templates"),
                Fields.count(body, "top"),
                Fields.flag(body, "clap"),
                Fields.text(body, "model"));
    }

    /** Reads a form: files are pictures, {@code classes} is a list with commas, {@code templates} may be repeated. */
    static ClassifyRequest of(Form form, InputReader reader) {
        List<Input.Picture> pictures = new ArrayList<>();
        List<Optional<String>> names = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        List<String> templates = new ArrayList<>();
        Optional<Integer> top = Optional.empty();
        Optional<Boolean> clap = Optional.empty();
        Optional<String> model = Optional.empty();
        for (Form.Part part : form.parts()) {
            switch (part.name()) {
                case "images", "image", "images[]" -> {
                    pictures.add(new Input.Picture("images[" + pictures.size() + "]", part.content()));
                    names.add(part.file());
                }
                case "classes" -> classes.addAll(names(part.text()));
                case "templates" -> templates.add(part.text());
                case "top" -> top = once(part, top, number(part));
                case "clap" -> clap = once(part, clap, flag(part));
                case "model" -> model = once(part, model, part.text());
                default -> throw ApiException.bad(brief(part.name()), "There is no such field");
            }
        }
        reader.requireCount("images", pictures.size());
        return new ClassifyRequest(pictures, names, some(classes), some(templates), top, clap, model);
    }

    private static <T> Optional<T> once(Form.Part part, Optional<T> before, T value) {
        if (before.isPresent()) {
            throw ApiException.bad(part.name(), "It is given twice");
        }
        return Optional.of(value);
    }

    private static Optional<List<String>> some(List<String> given) {
        return given.isEmpty() ? Optional.empty() : Optional.of(given);
    }

    private static String brief(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length > 40 ? "a field" : name;
    }

    private static List<String> names(String text) {
        try {
            return ClassNames.parse(text);
        } catch (ClapException e) {
            throw ApiException.bad("classes", e.getMessage());
        }
    }

    private static int number(Form.Part part) {
        if (!part.text().matches("[1-9]\\d{0,8}")) {
            throw ApiException.bad(part.name(), "A whole number of at least 1 is expected");
        }
        return Integer.parseInt(part.text());
    }

    private static boolean flag(Form.Part part) {
        return switch (part.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiException.bad(part.name(), "true or false is expected");
        };
    }
}
