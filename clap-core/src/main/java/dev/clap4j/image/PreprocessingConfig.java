package dev.clap4j.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.clap4j.ClapException;
import dev.clap4j.image.Preprocessing.Fit;
import dev.clap4j.io.FileContents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the preprocessing that comes with a model. What it does not know it refuses, for it would be done wrong. */
final class PreprocessingConfig {
    /** In the order in which they are looked for. */
    static final List<String> FILES =
            List.of("preprocessor_config.json", "processor_config.json", "open_clip_config.json");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path path;
    private final JsonNode root;
    private final int imageSize;

    private PreprocessingConfig(Path path, JsonNode root, int imageSize) {
        this.path = path;
        this.root = root;
        this.imageSize = imageSize;
    }

    static Preprocessing read(Path path, int imageSize) {
        JsonNode root = parse(path);
        if (root.has("model_cfg") || root.has("preprocess_cfg")) {
            return new PreprocessingConfig(path, root.path("preprocess_cfg"), imageSize).openClip();
        }
        JsonNode nested = root.path("image_processor");
        return new PreprocessingConfig(path, nested.isObject() ? nested : root, imageSize).huggingFace();
    }

    private static JsonNode parse(Path path) {
        try {
            JsonNode root = JSON.readTree(path.toFile());
            if (!root.isObject()) {
                throw new ClapException("Cannot use " + path + ": it should hold a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new ClapException(
                    "Cannot read " + path + " as JSON"
                            + FileContents.guess(path)
                                    .filter(guess -> !guess.equals("a text file"))
                                    .map(guess -> ": it is " + guess)
                                    .orElse(", line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + e, e);
        }
    }

    private Preprocessing openClip() {
        String mode = root.path("mode").asText("RGB");
        if (!mode.equals("RGB")) {
            throw unsupported("mode " + mode + ", the encoder takes RGB");
        }
        String fit = root.path("resize_mode").asText("shortest");
        if (!fit.equals("shortest") && !fit.equals("squash")) {
            throw unsupported("resize_mode " + fit + "; shortest and squash are supported");
        }
        if (root.has("size")) {
            requireModelSize("size", square("size", root.get("size")));
        }
        return new Preprocessing(
                fit.equals("squash") ? Fit.SQUASH : Fit.SHORTEST_EDGE,
                imageSize,
                filter("interpolation", root.path("interpolation").asText("bicubic")),
                imageSize,
                colours("mean", Preprocessing.openAi(imageSize).mean()),
                colours("std", Preprocessing.openAi(imageSize).std()));
    }

    private Preprocessing huggingFace() {
        boolean clip = requireKnownProcessor();
        Preprocessing defaults = Preprocessing.openAi(imageSize);
        if (!flag("do_rescale", true)) {
            throw unsupported("do_rescale false; pixels are always brought between 0 and 1");
        }
        double factor = root.path("rescale_factor").asDouble(1.0 / 255);
        if (Math.abs(factor * 255 - 1) > 1e-6) {
            throw unsupported("rescale_factor " + factor + "; only 1/255 is supported");
        }
        boolean normalise = flag("do_normalize", true);
        return new Preprocessing(
                fit(clip),
                resize(),
                filter("resample", root.path("resample")),
                imageSize,
                normalise ? colours("image_mean", clip ? defaults.mean() : null) : new float[3],
                normalise ? colours("image_std", clip ? defaults.std() : null) : new float[] {1, 1, 1});
    }

    /** Returns whether it is CLIP's own, whose defaults are known. */
    private boolean requireKnownProcessor() {
        String type = root.path("image_processor_type")
                .asText(root.path("feature_extractor_type").asText("CLIPImageProcessor"));
        boolean clip = type.contains("CLIP");
        if (!clip && !type.startsWith("Siglip") && !type.startsWith("ViT")) {
            throw unsupported("a " + type + "; the image processors of CLIP, SigLIP and ViT are supported");
        }
        return clip;
    }

    private Fit fit(boolean clip) {
        boolean crops = flag("do_center_crop", clip);
        if (crops && root.has("crop_size")) {
            requireModelSize("crop_size", square("crop_size", root.get("crop_size")));
        }
        if (!flag("do_resize", true)) {
            if (!crops) {
                throw unsupported("neither resizing nor cropping; the model takes images of one size");
            }
            return Fit.NONE;
        }
        JsonNode size = root.path("size");
        boolean shortest = size.has("shortest_edge") || (clip && !size.isObject());
        if (!shortest) {
            requireModelSize("size", resize());
            return Fit.SQUASH;
        }
        if (!crops) {
            throw unsupported("resizing the shortest edge without cropping; the model takes square images");
        }
        return Fit.SHORTEST_EDGE;
    }

    private int resize() {
        JsonNode size = root.path("size");
        if (size.isMissingNode()) {
            return imageSize;
        }
        return size.has("shortest_edge") ? square("size", size.get("shortest_edge")) : square("size", size);
    }

    private void requireModelSize(String name, int found) {
        if (found != imageSize) {
            throw new ClapException(
                    "Cannot use " + path + ": its " + name + " is " + found + ", but the model takes images of "
                            + imageSize + "×" + imageSize + " pixels. Take the file from the same model");
        }
    }

    /** A number, a list of two or an object with height and width that are the same. */
    private int square(String name, JsonNode node) {
        JsonNode height = node.isObject() ? node.path("height") : node.isArray() ? node.path(0) : node;
        JsonNode width = node.isObject() ? node.path("width") : node.isArray() ? node.path(1) : node;
        if (!height.isInt() || !width.isInt() || height.asInt() < 1) {
            throw unsupported(name + " " + node + "; a number of pixels was expected");
        }
        if (height.asInt() != width.asInt()) {
            throw unsupported(name + " " + node + "; the model takes square images");
        }
        return height.asInt();
    }

    private Resampling filter(String name, JsonNode node) {
        int code = (node.isMissingNode() ? IntNode.valueOf(Resampling.BICUBIC.code()) : node).asInt(-1);
        return Stream.of(Resampling.values())
                .filter(filter -> filter.code() == code)
                .findFirst()
                .orElseThrow(() -> unsupported(name + " " + node + "; the codes of Pillow's filters are 0 to 5"));
    }

    private Resampling filter(String name, String text) {
        return Stream.of(Resampling.values())
                .filter(filter -> filter.toString().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> unsupported(name + " " + text + "; known are bicubic, bilinear, nearest, lanczos"));
    }

    private boolean flag(String name, boolean otherwise) {
        JsonNode node = root.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            throw unsupported(name + " " + node + "; true or false was expected");
        }
        return node.asBoolean();
    }

    private float[] colours(String name, float[] otherwise) {
        JsonNode node = root.path(name);
        if (node.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        float[] values = new float[3];
        for (int i = 0; i < 3; i++) {
            if (node.size() != 3
                    || !node.get(i).isNumber()
                    || (name.endsWith("std") && node.get(i).asDouble() <= 0)) {
                throw unsupported(name + " " + node + "; a number for each of three colours was expected");
            }
            values[i] = node.get(i).floatValue();
        }
        return values;
    }

    private ClapException unsupported(String what) {
        return new ClapException("Cannot preprocess images as " + path + " says: it asks for " + what);
    }
}
