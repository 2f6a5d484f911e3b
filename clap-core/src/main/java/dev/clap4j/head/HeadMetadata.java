package dev.clap4j.head;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.nn.Activation;
import dev.clap4j.nn.ResidualMlp;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The text beside a head's tensors: plain values as they are, lists and maps as JSON. */
final class HeadMetadata {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FORMAT = "clap4j.head";
    private static final int VERSION = 1;

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

    /** Whether the file says that it is one of ours. */
    boolean isOurs() {
        return FORMAT.equals(text.get("format"));
    }

    ResidualMlp network() {
        int version = integer("format_version", 1);
        if (version > VERSION) {
            throw bad(
                    "format_version is " + version + ", but this clap4j reads up to " + VERSION + "; use a newer one");
        }
        return new ResidualMlp(
                integer("in_dim", 1),
                integer("latent_dim", 1),
                integer("out_dim", 1),
                integer("repeat", 0),
                activation());
    }

    private Activation activation() {
        String name = get("activation");
        for (Activation activation : Set.of(Activation.SILU, Activation.LEAKY_RELU)) {
            if (activation.name().equalsIgnoreCase(name)) {
                return activation;
            }
        }
        throw bad("activation is \"" + name + "\", but should be silu or leaky_relu");
    }

    HeadInfo info() {
        return new HeadInfo(
                alpha(),
                text.getOrDefault("backbone_name", ""),
                text.getOrDefault("backbone_fingerprint", ""),
                parse("classes", "[]", new TypeReference<List<String>>() {}),
                text.getOrDefault("objective", ""),
                parse("hyperparameters", "{}", new TypeReference<Map<String, String>>() {}),
                text.getOrDefault("seed", "").isEmpty() ? null : seed(),
                parse("versions", "{}", new TypeReference<Map<String, String>>() {}));
    }

    private float alpha() {
        try {
            float alpha = Float.parseFloat(get("alpha"));
            if (Float.isFinite(alpha)) {
                return alpha;
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers that are not finite.
        }
        throw bad("alpha is \"" + get("alpha") + "\", but should be a number");
    }

    private Long seed() {
        try {
            return Long.valueOf(get("seed"));
        } catch (NumberFormatException e) {
            throw bad("seed is \"" + get("seed") + "\", but should be an integer");
        }
    }

    private int integer(String key, int least) {
        try {
            int value = Integer.parseInt(get(key));
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers that are too small.
        }
        throw bad(key + " is \"" + get(key) + "\", but should be an integer of at least " + least);
    }

    private <R> R parse(String key, String whenAbsent, TypeReference<R> type) {
        String json = text.getOrDefault(key, whenAbsent);
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw bad(key + " is not the JSON it should be: " + json);
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
