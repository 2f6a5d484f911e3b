package dev.clap4j.zoo;

import dev.clap4j.Golden;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An untrained model of a family with a tokenizer of that family's kind, of some thousand words. */
public final class FamilyFolder {
    private static final String OF_OTHERS = "clip-hf";
    private static final Map<String, String> TOKENIZERS = Map.of(
            "tiny-SigLIP", "siglip-hf",
            "tiny-SigLIP2", "siglip2-openclip",
            "tiny-MetaCLIP2", "metaclip2-hf",
            "tiny-Chinese-CLIP", "chinese-clip",
            "tiny-AltCLIP", "xlm-roberta",
            "tiny-XLM-R", "xlm-roberta",
            "tiny-RoBERTa", "roberta",
            "tiny-NLLB", "nllb",
            "tiny-CLIPA", "clipa");
    private static final List<String> OF_MODELS = List.of("open_clip_config.json", "preprocessor_config.json");

    private FamilyFolder() {}

    /** Writes the model. */
    public static Path write(String name, Path folder) throws IOException {
        RandomCheckpoint.write(name, 1, Optional.empty(), folder);
        addTokenizer(name, folder);
        return folder;
    }

    /** Copies the tokenizer of an architecture into a model's folder; a config.json there says its kind. */
    public static void addTokenizer(String name, Path folder) throws IOException {
        Path from = Golden.file("tokenizers/" + TOKENIZERS.getOrDefault(name, OF_OTHERS));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(file.getFileName());
                if (!OF_MODELS.contains(file.getFileName().toString()) && !Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
