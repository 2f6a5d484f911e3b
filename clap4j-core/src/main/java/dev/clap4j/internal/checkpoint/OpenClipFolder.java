package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.nn.ClipArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An output folder for a checkpoint in open_clip's layout.
 *
 * @param folder created if necessary
 */
public record OpenClipFolder(Path folder) {
    private static final String WEIGHTS = "open_clip_model.safetensors";
    private static final String CONFIG = "open_clip_config.json";

    /** Returns the files that a checkpoint written here may consist of. */
    public List<Path> files() {
        return Stream.concat(Stream.of(CONFIG, WEIGHTS).map(folder::resolve), tokenizerFiles().stream())
                .toList();
    }

    /** Returns the possible files of its tokenizer. */
    public List<Path> tokenizerFiles() {
        return List.of(folder.resolve(VocabularyFile.TOKENIZER), folder.resolve(VocabularyFile.MERGES));
    }

    /** Checks that the folder holds no other checkpoint, which could be mistaken for this one or overwritten. */
    void requireOwn() {
        if (!Files.exists(folder)) {
            return;
        }
        if (Files.exists(folder.resolve(WEIGHTS))) {
            throw new ClapException("The folder " + folder + " holds a model already, " + WEIGHTS
                    + "; choose a new or empty folder, or delete the model first");
        }
        Set<Path> own = Set.copyOf(files());
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !own.contains(file) && !AtomicFiles.isPassing(file))
                    .findFirst()
                    .ifPresent(file -> {
                        throw new ClapException("The folder " + folder + " holds other files already, such as "
                                + file.getFileName() + "; choose a new or empty folder");
                    });
        } catch (IOException e) {
            throw new ClapException("Cannot write the folder " + folder + ": it is not a readable folder", e);
        }
    }

    /**
     * Writes architecture and weights, replacing existing files.
     *
     * @param type the type in which weights are stored, F32 or F16
     * @param weights weights by OpenAI's names, F32, requested one at a time
     * @param metadata free-form text stored with the weights
     * @throws ClapException if a file cannot be written
     */
    public void write(
            ClipArchitecture architecture,
            DataType type,
            Function<String, TensorData> weights,
            Map<String, String> metadata) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("format", "pt");
        text.putAll(metadata);
        List<TensorInfo> tensors = architecture.shapes().asMap().entrySet().stream()
                .map(tensor -> new TensorInfo(tensor.getKey(), type, tensor.getValue()))
                .toList();
        AtomicFiles.writeString(folder.resolve(CONFIG), OpenClipConfigWriter.of(architecture) + System.lineSeparator());
        SafetensorsFile.write(folder.resolve(WEIGHTS), text, tensors, tensor -> {
            TensorData values = weights.apply(tensor.name());
            return type == DataType.F16 ? values.toF16() : values;
        });
    }

    /**
     * Writes the tokenizer.
     *
     * @param json the content of a {@code tokenizer.json}
     */
    public void writeTokenizer(String json) {
        AtomicFiles.writeString(folder.resolve(VocabularyFile.TOKENIZER), json);
    }

    /**
     * Returns the fingerprint of a tokenizer.
     *
     * @param file OpenAI's merges file, compressed or not, or a {@code tokenizer.json}
     * @throws ClapException if it is neither
     */
    public static String fingerprintOfTokenizer(Path file) {
        return Digests.of(VocabularyFile.read(file).content());
    }

    /**
     * Copies a tokenizer into the folder.
     *
     * @param file OpenAI's merges file, compressed or not, or a {@code tokenizer.json}
     * @throws ClapException if it is neither
     */
    public void copyTokenizer(Path file) {
        VocabularyFile.read(file).copyInto(folder);
    }
}
