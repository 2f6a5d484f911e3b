package dev.clap4j.internal.diffusion.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.PipelineFiles;
import dev.clap4j.internal.diffusion.model.PipelineFolder;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a model's folder that are read when pictures are drawn, besides the scheduler's configuration; unused
 * copies of weights are not among them.
 *
 * @param folder the model's folder
 * @param files the files
 */
public record ModelFiles(Path folder, List<Path> files) {
    private static final String SCHEDULER = "scheduler";
    private static final Pattern WEIGHTS = Pattern.compile(
            "(?i).*\\.(safetensors|bin|ckpt|msgpack|h5|pt|pth|onnx|onnx_data|pb)|.*\\.index(\\.fp16)?\\.json");

    /**
     * Finds the files.
     *
     * @throws ClapException if a folder cannot be read
     */
    public static ModelFiles of(Path folder) {
        List<Path> files = new ArrayList<>(List.of(folder.resolve(PipelineFiles.INDEX)));
        for (String part : PipelineFolder.parts(folder)) {
            Path path = folder.resolve(part);
            if (!part.equals(SCHEDULER) && Files.isDirectory(path)) {
                files.addAll(used(path));
            }
        }
        return new ModelFiles(folder, files);
    }

    /**
     * Returns a digest of the files' content and their paths in the folder, 32 hexadecimal digits.
     *
     * @throws ClapException if a file cannot be read
     */
    public String fingerprint() {
        FileDigests digests = FileDigests.ofUser();
        return Digests.of(files.stream()
                .map(file -> folder.relativize(file).toString().replace('\\', '/') + " " + digests.of(file))
                .collect(Collectors.joining("\n")));
    }

    /** Returns the size of all files in bytes. */
    public long bytes() {
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private static List<Path> used(Path part) {
        Optional<Path> weights =
                PipelineFiles.weights(name -> Files.exists(part.resolve(name))).map(part::resolve);
        Set<String> read = weights.map(ModelFiles::shards).orElse(Set.of());
        try (Stream<Path> entries = Files.list(part)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> {
                        String name = file.getFileName().toString();
                        boolean other =
                                weights.isPresent() && WEIGHTS.matcher(name).matches();
                        return !name.startsWith(".") && (!other || read.contains(name));
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ClapException("Cannot read " + part + ": " + IoReasons.of(e), e);
        }
    }

    /** The names of the weights and of the shards that they consist of. */
    private static Set<String> shards(Path weights) {
        Set<String> names = new HashSet<>(Set.of(weights.getFileName().toString()));
        if (weights.toString().endsWith(".json")) {
            JsonNode map = JsonFiles.readObject(weights).path("weight_map");
            map.forEach(shard -> names.add(shard.asText()));
        }
        return names;
    }
}
