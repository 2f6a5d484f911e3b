package dev.clap4j.internal.diffusion.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.ConfigSection;
import dev.clap4j.internal.checkpoint.PipelineFiles;
import dev.clap4j.internal.io.Names;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The content of {@code model_index.json}: the pipeline, and the class of each part.
 *
 * @param file the file
 * @param kind the pipeline
 * @param scheduler the class of the scheduler
 * @param zerosWithoutNegativePrompt see {@link DiffusionModel#zerosWithoutNegativePrompt}
 */
record ModelIndex(Path file, PipelineKind kind, String scheduler, boolean zerosWithoutNegativePrompt) {
    private static final String CLASS = "_class_name";
    private static final List<String> TOKENIZERS = List.of("CLIPTokenizer", "CLIPTokenizerFast");

    /** The classes of parts that can be read. */
    private static final Map<String, List<String>> PARTS = Map.of(
            "text_encoder", List.of("CLIPTextModel"),
            "tokenizer", TOKENIZERS,
            "text_encoder_2", List.of("CLIPTextModelWithProjection"),
            "tokenizer_2", TOKENIZERS,
            "unet", List.of("UNet2DConditionModel"),
            "vae", List.of("AutoencoderKL"));

    /** Pipelines of ONNX files have a prefix of their own, or that of the pipeline which they were exported from. */
    private static final String GRAPHS = "^(ORT|Onnx)";

    private static final Map<String, String> OLD_GRAPHS =
            Map.of("StableDiffusionOnnxPipeline", "StableDiffusionPipeline");

    /** Parts and options that change no picture made from a text: a filter of finished pictures, and image prompts. */
    private static final Set<String> HARMLESS = Set.of(
            "_diffusers_version",
            "_name_or_path",
            "feature_extractor",
            "image_encoder",
            "safety_checker",
            "requires_safety_checker",
            "add_watermarker");

    /**
     * Reads the index of a folder.
     *
     * @throws ClapException if there is none, or it names a pipeline or a part that is not supported
     */
    static ModelIndex read(Path folder) {
        ConfigSection index = ConfigSection.read(folder.resolve(PipelineFiles.INDEX));
        return read(index, kind(index, index.text(CLASS, "")), PARTS);
    }

    /**
     * Reads the index of a folder with networks as ONNX files, whose inputs and outputs tell more than their classes.
     *
     * @throws ClapException if there is none, or it names a pipeline or tokenizer that is not supported
     */
    static ModelIndex readGraphs(Path folder) {
        ConfigSection index = ConfigSection.read(folder.resolve(PipelineFiles.INDEX));
        String name = index.text(CLASS, "");
        PipelineKind kind = kind(index, OLD_GRAPHS.getOrDefault(name, name.replaceFirst(GRAPHS, "")));
        return read(index, kind, Map.of("tokenizer", TOKENIZERS, "tokenizer_2", TOKENIZERS));
    }

    private static ModelIndex read(ConfigSection index, PipelineKind kind, Map<String, List<String>> classes) {
        for (Map.Entry<String, List<String>> part : classes.entrySet()) {
            if (kind == PipelineKind.STABLE_DIFFUSION_XL || !part.getKey().endsWith("_2")) {
                String found = className(index, part.getKey());
                if (!part.getValue().contains(found)) {
                    throw unsupported(index.path(), part.getKey() + " of the class " + found, part.getValue());
                }
            }
        }
        String scheduler = className(index, "scheduler");
        boolean zeros = index.flag("force_zeros_for_empty_prompt");
        boolean byDefault = kind == PipelineKind.STABLE_DIFFUSION_XL && !index.has("force_zeros_for_empty_prompt");
        boolean ofGraphs = !classes.equals(PARTS);
        index.keys().forEach(key -> {
            if (!ofGraphs || !GraphFolder.PARTS.contains(key)) {
                requireNoOtherPart(index, key);
            }
        });
        return new ModelIndex(index.path(), kind, scheduler, zeros || byDefault);
    }

    private static PipelineKind kind(ConfigSection index, String name) {
        if (name.isEmpty()) {
            throw new ClapException(index.path() + " names no pipeline (" + CLASS + ")");
        }
        return Arrays.stream(PipelineKind.values())
                .filter(kind -> kind.className().equals(name))
                .findFirst()
                .orElseThrow(() -> unsupported(
                        index.path(),
                        "a pipeline of the class " + name,
                        Arrays.stream(PipelineKind.values())
                                .map(PipelineKind::className)
                                .toList()));
    }

    private static ClapException unsupported(Path file, String what, List<String> supported) {
        return new ClapException(file + " asks for " + Names.printable(what) + "; supported "
                + (supported.size() == 1 ? "is " : "are ") + String.join(", ", supported));
    }

    /** Returns the class of a part that must be there, from {@code [library, class]}. */
    private static String className(ConfigSection index, String part) {
        JsonNode named = index.value(part);
        boolean isNamed = named.isArray()
                && named.size() == 2
                && named.get(0).isTextual()
                && named.get(1).isTextual();
        if (!isNamed) {
            throw new ClapException(index.path() + " names no class of the part " + part
                    + ", which the pipeline needs; expected [library, class]");
        }
        return named.get(1).asText();
    }

    /** Rejects what is not known to leave pictures as they are; parts of {@code [null, null]} are absent. */
    private static void requireNoOtherPart(ConfigSection index, String key) {
        JsonNode value = index.value(key);
        boolean absent = value.isArray() && value.valueStream().allMatch(JsonNode::isNull);
        Set<String> known = PARTS.keySet().stream().collect(Collectors.toSet());
        known.addAll(HARMLESS);
        known.addAll(Set.of(CLASS, "scheduler", "force_zeros_for_empty_prompt"));
        if (!absent && !known.contains(key)) {
            throw index.unexpected(key, "no such key, as pictures could depend on it; remove it if they do not");
        }
    }
}
