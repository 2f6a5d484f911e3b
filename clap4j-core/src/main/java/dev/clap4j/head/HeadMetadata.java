package dev.clap4j.head;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.JsonText;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The metadata of a head's file: plain values as text, lists and maps as JSON. */
final class HeadMetadata {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FORMAT = "clap4j.head";
    private static final int VERSION = 1;

    /** Far beyond the dimension of any features. */
    private static final int MAX_DIM = 10_000_000;

    private final Path file;
    private final Map<String, String> text;

    HeadMetadata(Path file, Map<String, String> text) {
        this.file = file;
        this.text = text;
    }

    static Map<String, String> of(ResidualMlp network, HeadInfo info) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("format", FORMAT);
        text.put("format_version", String.valueOf(VERSION));
        text.put("in_dim", String.valueOf(network.inDim()));
        text.put("latent_dim", String.valueOf(network.latentDim()));
        text.put("out_dim", String.valueOf(network.outDim()));
        text.put("repeat", String.valueOf(network.repeat()));
        text.put("activation", network.activation().name().toLowerCase(Locale.ROOT));
        text.put("alpha", String.valueOf(info.alpha()));
        text.put("backbone_name", info.backboneName());
        text.put("backbone_fingerprint", info.backboneFingerprint());
        text.put("classes", json(info.classes()));
        text.put("objective", info.objective());
        text.put("hyperparameters", json(info.hyperparameters()));
        text.put("seed", info.seed() == null ? "" : String.valueOf(info.seed()));
        text.put("versions", json(info.versions()));
        return text;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether the file is in clap4j's format. */
    boolean isOurs() {
        return FORMAT.equals(text.get("format"));
    }

    ResidualMlp network() {
        int version = integer("format_version", 1, Integer.MAX_VALUE);
        if (version > VERSION) {
            throw bad(
                    "format_version is " + version + ", but this clap4j reads up to " + VERSION + "; use a newer one");
        }
        return new ResidualMlp(
                integer("in_dim", 1, MAX_DIM),
                integer("latent_dim", 1, MAX_DIM),
                integer("out_dim", 1, MAX_DIM),
                integer("repeat", 0, ResidualMlp.MOST_REPEATS),
                activation());
    }

    private Activation activation() {
        String name = get("activation");
        for (Activation activation : Set.of(Activation.SILU, Activation.LEAKY_RELU)) {
            if (activation.name().equalsIgnoreCase(name)) {
                return activation;
            }
        }
        throw bad("activation is \"" + Names.brief(name) + "\", but should be silu or leaky_relu");
    }

    HeadInfo info() {
        return new HeadInfo(
                alpha(),
                text.getOrDefault("backbone_name", ""),
                text.getOrDefault("backbone_fingerprint", ""),
                classes(),
                text.getOrDefault("objective", ""),
                texts("hyperparameters"),
                text.getOrDefault("seed", "").isEmpty() ? null : seed(),
                texts("versions"));
    }

    private List<String> classes() {
        JsonNode list = json("classes", "[]");
        List<String> classes = new ArrayList<>();
        list.forEach(name -> classes.add(name.isTextual() ? name.asText() : null));
        if (!list.isArray() || classes.contains(null)) {
            throw bad("classes is " + JsonText.shown(list) + ", but should be a list of names");
        }
        return classes;
    }

    /** Reads an object of strings and numbers. */
    private Map<String, String> texts(String key) {
        JsonNode object = json(key, "{}");
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(entry -> {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw bad(key + " gives " + Names.brief(entry.getKey()) + " the value "
                        + JsonText.shown(entry.getValue()) + ", but should have a text or a number there");
            }
            texts.put(entry.getKey(), entry.getValue().asText());
        });
        if (!object.isObject()) {
            throw bad(key + " is " + JsonText.shown(object) + ", but should be an object of texts");
        }
        return texts;
    }

    private float alpha() {
        try {
            float alpha = Float.parseFloat(get("alpha"));
            if (Float.isFinite(alpha)) {
                return alpha;
            }
        } catch (NumberFormatException e) {
            // Reported below, like numbers that are not finite.
        }
        throw bad("alpha is \"" + Names.brief(get("alpha")) + "\", but should be a number");
    }

    private Long seed() {
        try {
            return Long.valueOf(get("seed"));
        } catch (NumberFormatException e) {
            throw bad("seed is \"" + Names.brief(get("seed")) + "\", but should be an integer");
        }
    }

    private int integer(String key, int least, int most) {
        try {
            int value = Integer.parseInt(get(key));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Reported below, like numbers out of range.
        }
        String bound = most == Integer.MAX_VALUE ? " of at least " + least : " from " + least + " to " + most;
        throw bad(key + " is \"" + Names.brief(get(key)) + "\", but should be an integer" + bound);
    }

    private JsonNode json(String key, String whenAbsent) {
        String json = text.getOrDefault(key, whenAbsent);
        try {
            return JsonText.parse(json);
        } catch (JsonProcessingException e) {
            throw bad(key + " is not the JSON it should be: " + Names.brief(json));
        }
    }

    private String get(String key) {
        String value = text.get(key);
        if (value == null) {
            throw bad(key + " is missing");
        }
        return value;
    }

    private ClapException bad(String what) {
        return new ClapException("Cannot use the head " + file + ": in its metadata, " + what);
    }
}
