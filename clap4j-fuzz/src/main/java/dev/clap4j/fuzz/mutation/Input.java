package dev.clap4j.fuzz.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files that are read together: one picture, or a checkpoint's folder.
 *
 * @param files content by relative path, with {@code /} as separator; in the order of the paths
 */
public record Input(Map<String, byte[]> files) {
    /** Copies the map, but not the contents, which must not be changed. */
    public Input {
        files = new TreeMap<>(files);
    }

    /** Creates an input of one file. */
    public static Input of(String name, byte[] content) {
        return new Input(Map.of(name, content));
    }

    /** Returns this input with a file added or its content replaced. */
    public Input with(String name, byte[] content) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(name, content);
        return new Input(changed);
    }

    /** Returns this input without a file. */
    public Input without(String name) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.remove(name);
        return new Input(changed);
    }

    /** Returns the paths of all files, in order. */
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    /** Returns the content of a file. */
    public byte[] get(String name) {
        return files.get(name);
    }

    /** Returns the total size in bytes. */
    public long size() {
        return files.values().stream().mapToLong(content -> content.length).sum();
    }

    /** Writes all files below a folder. */
    public void writeTo(Path folder) {
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all files below a folder. */
    public static Input readFrom(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Input(files);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Input that
                && files.keySet().equals(that.files.keySet())
                && files.entrySet().stream().allMatch(file -> Arrays.equals(file.getValue(), that.get(file.getKey())));
    }

    @Override
    public int hashCode() {
        int hash = files.keySet().hashCode();
        for (byte[] content : files.values()) {
            hash = 31 * hash + Arrays.hashCode(content);
        }
        return hash;
    }

    @Override
    public String toString() {
        return files.keySet() + ", " + size() + " bytes";
    }
}
