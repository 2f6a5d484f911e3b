package dev.clap4j.internal.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.CheckpointFiles;
import dev.clap4j.internal.io.JsonText;
import dev.clap4j.internal.io.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a repository that a model is loaded from; the rest is not downloaded. */
final class NeededFiles {
    /** Configurations and tokenizers: each is wanted where there is one. */
    static final List<String> SMALL = List.of(
            "config.json",
            "open_clip_config.json",
            "preprocessor_config.json",
            "processor_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "vocab.txt",
            "spiece.model",
            "sentencepiece.bpe.model",
            "tokenizer.model");

    /** Those of {@link #SMALL} that a tokenizer is read from. */
    static final List<String> TOKENIZERS = SMALL.subList(SMALL.indexOf("tokenizer.json"), SMALL.size());

    /** The files of a repository that is wanted for its tokenizer alone, whose kind the type of its model may say. */
    static final List<String> OF_TOKENIZERS =
            Stream.concat(Stream.of("config.json"), TOKENIZERS.stream()).toList();

    private static final List<String> WEIGHT_ENDINGS = List.of(".safetensors", ".pt", ".pth", ".bin");
    private static final List<String> NO_MODELS = List.of(
            "adapter_model", "optimizer", "scheduler", "training_args", "rng_state", "model-0", "pytorch_model-0");
    private static final long MOST_INDEX_BYTES = 8L << 20;

    private NeededFiles() {}

    /** Returns the names without a folder. */
    static Set<String> main(Set<String> names) {
        return names.stream().filter(name -> !name.contains("/")).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the name of the weights file, or of the index of its shards.
     *
     * @param names the files of the repository, or those in the cache
     * @param given the name that a table gives; empty for the usual ones
     * @return empty if there are no weights, or several that could be meant
     */
    static Optional<String> weights(Set<String> names, String given) {
        if (!given.isEmpty()) {
            String safe = given.replaceFirst("\\.[^.]+$", ".safetensors");
            return Optional.of(names.contains(safe) ? safe : given).filter(names::contains);
        }
        return CheckpointFiles.preferred(names::contains).or(() -> only(names));
    }

    private static Optional<String> only(Set<String> names) {
        for (String ending : WEIGHT_ENDINGS) {
            List<String> found = names.stream()
                    .filter(name -> name.endsWith(ending))
                    .filter(name -> NO_MODELS.stream().noneMatch(name::startsWith))
                    .toList();
            if (!found.isEmpty()) {
                return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    static boolean isIndex(String weights) {
        return weights.contains(".index.") && weights.endsWith(".json");
    }

    /**
     * Reads the names of the shards from their index.
     *
     * @throws ClapException if the index is damaged, or names a file outside its folder
     */
    static Set<String> shards(Path index) {
        Set<String> shards = new TreeSet<>();
        for (JsonNode shard : JsonText.readObject(index, MOST_INDEX_BYTES).path("weight_map")) {
            if (!shard.asText().matches("[\\w-][\\w.-]{0,200}")) {
                throw new ClapException("Cannot use " + index + ": it names the file " + JsonText.shown(shard)
                        + ", which is none of its folder");
            }
            shards.add(shard.asText());
        }
        return shards;
    }

    /** Returns the small files of a repository that are needed. */
    static List<String> small(Predicate<String> exists) {
        List<String> needed = new ArrayList<>(SMALL.stream().filter(exists).toList());
        if (needed.contains("tokenizer.json")) {
            needed.removeIf(NeededFiles::isReplaceable);
        }
        return needed;
    }

    /**
     * Returns whether a {@code tokenizer.json} beside it makes a file superfluous: SentencePiece's models, but for
     * SigLIP's, which is preferred.
     */
    static boolean isReplaceable(String name) {
        return name.endsWith(".model") && !name.equals("spiece.model");
    }

    static ClapException noWeights(String model, Collection<String> names) {
        List<String> candidates = names.stream()
                .filter(name -> WEIGHT_ENDINGS.stream().anyMatch(name::endsWith))
                .toList();
        return new ClapException(
                candidates.isEmpty()
                        ? model + " has no weights that could be loaded: expected model.safetensors, pytorch_model.bin,"
                                + " open_clip_model.safetensors or a single .pt file; it has " + Names.preview(names)
                        : model + " has several files that could be the weights: " + Names.preview(candidates)
                                + "; download one of them and its configuration into a folder, and name that");
    }
}
