package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the parts of a checkpoint in its folder. */
public final class CheckpointFiles {
    private static final String OPEN_CLIP_CONFIG = "open_clip_config.json";

    private static final List<String> OPEN_CLIP_WEIGHTS = List.of(
            "open_clip_model.safetensors", "open_clip_model.safetensors.index.json", "open_clip_pytorch_model.bin");

    /** File names in order of preference: a folder that holds several has the same model in all of them. */
    private static final List<String> WEIGHTS = List.of(
            "model.safetensors",
            "model.safetensors.index.json",
            "open_clip_model.safetensors",
            "open_clip_model.safetensors.index.json",
            "pytorch_model.bin",
            "pytorch_model.bin.index.json",
            "open_clip_pytorch_model.bin");

    private static final List<String> WEIGHT_ENDINGS = List.of(".safetensors", ".pt", ".pth", ".bin");

    private static final List<List<String>> TOKENIZERS = List.of(
            List.of("tokenizer.json"),
            List.of("vocab.json", "merges.txt"),
            List.of("vocab.txt"),
            List.of("sentencepiece.bpe.model"),
            List.of("spiece.model"),
            List.of("tokenizer.model"),
            List.of("bpe_simple_vocab_16e6.txt.gz"),
            List.of("bpe_simple_vocab_16e6.txt"));

    private CheckpointFiles() {}

    /** Returns the weights file: the given file, or the one in the given folder. */
    static Path weights(Path given) {
        if (!Files.exists(given)) {
            throw new ClapException("There is no file or folder " + given);
        }
        if (!Files.isDirectory(given)) {
            if (AdaptedFile.isAdapter(given)) {
                throw new ClapException(
                        given + " is an adapter: give the weights that it is for, or the folder of both");
            }
            return given;
        }
        return preferred(name -> Files.isRegularFile(given.resolve(name)))
                .map(given::resolve)
                .orElseGet(() -> onlyWeights(given));
    }

    /**
     * Returns the name of the weights file, or the index of its shards, in a folder. With open_clip's configuration,
     * those are its own weights: such folders may also hold the image tower alone under a more common name.
     *
     * @param exists whether the folder has a file of a name
     * @return empty if no file has one of the usual names
     */
    public static Optional<String> preferred(Predicate<String> exists) {
        List<String> first = exists.test(OPEN_CLIP_CONFIG) ? OPEN_CLIP_WEIGHTS : List.of();
        return Stream.concat(first.stream(), WEIGHTS.stream()).filter(exists).findFirst();
    }

    private static Path onlyWeights(Path folder) {
        List<Path> files = list(folder);
        List<Path> weights =
                files.stream().filter(CheckpointFiles::looksLikeWeights).toList();
        if (weights.size() == 1) {
            return weights.get(0);
        }
        if (weights.isEmpty() && files.stream().anyMatch(AdaptedFile::isAdapter)) {
            throw new ClapException("The folder " + folder + " holds an adapter, but not the model it is for: put the"
                    + " model's weights and configuration beside it");
        }
        String found = Names.preview(
                files.stream().map(file -> file.getFileName().toString()).toList());
        throw new ClapException(
                weights.isEmpty()
                        ? "The folder " + folder + " holds no checkpoint: expected one of " + String.join(", ", WEIGHTS)
                                + ", or a single .safetensors, .pt, .pth or .bin file; found " + found
                        : "The folder " + folder + " holds several files that could be the checkpoint: " + found
                                + "; give the file instead of the folder");
    }

    private static boolean looksLikeWeights(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return WEIGHT_ENDINGS.stream().anyMatch(name::endsWith)
                && Files.isRegularFile(file)
                && !AdaptedFile.isAdapter(file);
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new ClapException("Cannot read the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Returns a file of the folder, if it exists. */
    static Optional<Path> find(Path folder, String name) {
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    }

    /** Returns the files of the tokenizer in a folder; empty if there is none. */
    static List<Path> tokenizer(Path folder) {
        return TOKENIZERS.stream()
                .map(names -> names.stream().map(folder::resolve).toList())
                .filter(files -> files.stream().allMatch(Files::isRegularFile))
                .findFirst()
                .orElse(List.of());
    }
}
