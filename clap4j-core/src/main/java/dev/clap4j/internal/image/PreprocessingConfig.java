package dev.clap4j.internal.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/** Finds and reads the preprocessing configuration of a model, each file by the rules of its library. */
final class PreprocessingConfig {
    /** File names in the order in which they are looked for. */
    static final List<String> FILES =
            List.of("preprocessor_config.json", "processor_config.json", "open_clip_config.json");

    private PreprocessingConfig() {}

    static Preprocessing read(Path path, int imageSize) {
        JsonNode root = ConfigFields.parse(path);
        if (root.has("model_cfg") || root.has("preprocess_cfg")) {
            return new OpenClipPreprocessing(new ConfigFields(path, root.path("preprocess_cfg")), imageSize).read();
        }
        JsonNode nested = root.path("image_processor");
        return new HuggingFacePreprocessing(new ConfigFields(path, nested.isObject() ? nested : root), imageSize)
                .read();
    }
}
