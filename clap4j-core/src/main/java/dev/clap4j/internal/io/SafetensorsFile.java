package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A safetensors file: 8 bytes of header length, a JSON header, then the tensors' bytes.
 *
 * <p>The header is checked against the file before any tensor is returned: its length, every type, shape and range, and
 * that the ranges cover the data without gaps or overlaps, as the format requires.
 */
public final class SafetensorsFile implements TensorFile {
    private final Path path;
    private final SafetensorsHeader header;
    private final MappedFile content;

    private SafetensorsFile(Path path, SafetensorsHeader header, MappedFile content) {
        this.path = path;
        this.header = header;
        this.content = content;
    }

    /**
     * Opens a file and checks its header; tensors are mapped on demand.
     *
     * @throws ClapException if the file cannot be read or its header does not describe it
     */
    public static SafetensorsFile open(Path path) {
        InputFiles.requireRegular(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new SafetensorsFile(path, SafetensorsHeader.read(channel), new MappedFile(path, channel.size()));
        } catch (MalformedFile e) {
            throw new ClapException("Cannot read " + path + " as safetensors: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + IoReasons.of(e), e);
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(header.entries().keySet());
    }

    @Override
    public TensorInfo info(String name) {
        return find(name).info();
    }

    @Override
    public TensorData get(String name) {
        SafetensorsHeader.Entry entry = find(name);
        TensorInfo info = entry.info();
        return new TensorData(
                name, info.type(), info.shape(), content.slice(entry.begin(), entry.end() - entry.begin()));
    }

    private SafetensorsHeader.Entry find(String name) {
        SafetensorsHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new ClapException(path + " has no tensor " + name + "; it has " + Names.preview(names()));
        }
        return entry;
    }

    /**
     * Writes a safetensors file atomically.
     *
     * @param path the file, replaced if it exists
     * @param metadata free-form text stored with the tensors
     * @param tensors the tensors, in the order of their data
     */
    public static void write(Path path, Map<String, String> metadata, List<TensorData> tensors) {
        Map<String, TensorData> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        if (byName.size() < tensors.size()) {
            throw new IllegalArgumentException("Two tensors have the same name");
        }
        List<TensorInfo> infos = tensors.stream()
                .map(tensor -> new TensorInfo(tensor.name(), tensor.type(), tensor.shape()))
                .toList();
        write(path, metadata, infos, info -> byName.get(info.name()));
    }

    /**
     * Writes a safetensors file atomically, creating each tensor only when it is written; so the file may be larger
     * than memory.
     *
     * @param path the file, replaced if it exists
     * @param metadata free-form text stored with the tensors
     * @param tensors the tensors, in the order of their data
     * @param values creates the announced tensor
     */
    public static void write(
            Path path,
            Map<String, String> metadata,
            List<TensorInfo> tensors,
            Function<TensorInfo, TensorData> values) {
        SafetensorsWriter.write(path, metadata, tensors, values);
    }
}
