package dev.clap4j.internal.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tensors in several files, assigned by an index: {@code {"weight_map": {tensor: file}}}, as in Hugging Face's {@code
 * model.safetensors.index.json}.
 *
 * <p>The index must match: each file it names must exist and hold exactly the tensors assigned to it.
 */
final class ShardedFile implements TensorFile {
    private static final long MAX_INDEX_BYTES = 8L << 20;

    private final Path path;
    private final Map<String, TensorFile> byTensor;

    private ShardedFile(Path path, Map<String, TensorFile> byTensor) {
        this.path = path;
        this.byTensor = byTensor;
    }

    static ShardedFile open(Path path) {
        Map<String, TensorFile> shards = new LinkedHashMap<>();
        Map<String, TensorFile> byTensor = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> assigned : weightMap(path).properties()) {
            String tensor = assigned.getKey();
            TensorFile shard = shards.computeIfAbsent(
                    assigned.getValue().asText(), name -> shard(path, tensor, assigned.getValue()));
            if (!shard.contains(tensor)) {
                throw invalid(
                        path,
                        "it says that tensor " + Names.brief(tensor) + " is in " + shard.path() + ", but it is not");
            }
            byTensor.put(tensor, shard);
        }
        for (TensorFile shard : shards.values()) {
            for (String tensor : shard.names()) {
                if (byTensor.get(tensor) != shard) {
                    throw invalid(
                            path, "it does not say that tensor " + tensor + " is in " + shard.path() + ", but it is");
                }
            }
        }
        return new ShardedFile(path, byTensor);
    }

    private static JsonNode weightMap(Path path) {
        try {
            JsonNode map =
                    JsonText.parse(InputFiles.readText(path, MAX_INDEX_BYTES)).path("weight_map");
            if (!map.isObject() || map.isEmpty()) {
                throw invalid(path, "it has no \"weight_map\" that assigns tensors to files");
            }
            return map;
        } catch (JsonProcessingException e) {
            throw invalid(path, "it is not JSON: " + JsonReasons.of(e));
        }
    }

    private static TensorFile shard(Path index, String tensor, JsonNode name) {
        if (!name.isTextual() || !name.asText().matches("[^/\\\\:\\x00]{1,255}")) {
            throw noFileOfItsFolder(index, tensor, name);
        }
        Path shard;
        try {
            shard = index.resolveSibling(name.asText());
        } catch (InvalidPathException e) {
            throw noFileOfItsFolder(index, tensor, name);
        }
        String text = Names.brief(name.asText());
        if (Files.isDirectory(shard)) {
            throw noFileOfItsFolder(index, tensor, name);
        }
        if (!Files.exists(shard)) {
            throw invalid(index, "it names " + text + ", which is missing; download all shards into the same folder");
        }
        if (FileKind.of(shard) == FileKind.SHARD_INDEX) {
            throw invalid(index, "it names " + text + ", which is an index itself");
        }
        return TensorFile.open(shard);
    }

    private static ClapException noFileOfItsFolder(Path index, String tensor, JsonNode name) {
        return invalid(
                index,
                "it puts tensor " + Names.brief(tensor) + " into " + JsonText.shown(name)
                        + ", which is no file of its folder");
    }

    private static ClapException invalid(Path path, String what) {
        return new ClapException("Cannot read " + path + " as an index of shards: " + what);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<Path> files() {
        return byTensor.values().stream().map(TensorFile::path).distinct().toList();
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(byTensor.keySet());
    }

    @Override
    public TensorInfo info(String name) {
        return shardOf(name).info(name);
    }

    @Override
    public TensorData get(String name) {
        return shardOf(name).get(name);
    }

    private TensorFile shardOf(String name) {
        TensorFile shard = byTensor.get(name);
        if (shard == null) {
            throw new ClapException(path + " has no tensor " + name + "; it has " + Names.preview(names()));
        }
        return shard;
    }
}
