package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A reference to one tensor of a file, as written on the command line: {@code features.safetensors#image}.
 *
 * @param file the tensor file
 * @param name the tensor's name; empty if the file has only one
 */
public record TensorRef(Path file, String name) {
    /**
     * Parses a path, {@code #} and a name; without {@code #}, the file's only tensor is meant.
     *
     * @throws ClapException if there is no path
     */
    public static TensorRef parse(String text) {
        int hash = text.lastIndexOf('#');
        String file = hash < 0 ? text : text.substring(0, hash);
        if (file.isBlank()) {
            throw new ClapException("\"" + text
                    + "\" names no file; a tensor is written as FILE#NAME, such as features.safetensors#image");
        }
        try {
            return new TensorRef(Path.of(file), hash < 0 ? "" : text.substring(hash + 1));
        } catch (InvalidPathException e) {
            throw new ClapException("\"" + file + "\" is not a path: " + e.getReason(), e);
        }
    }

    /**
     * Returns the tensor, memory-mapped.
     *
     * @throws ClapException if the file cannot be read, has no such tensor, or has several and none is named
     */
    public TensorData read() {
        TensorFile tensors = TensorFile.open(file);
        if (!name.isEmpty()) {
            return tensors.get(name);
        }
        if (tensors.names().size() != 1) {
            throw new ClapException(file + " has " + tensors.names().size() + " tensors; say which: " + file
                    + "#NAME with one of " + Names.preview(tensors.names()));
        }
        return tensors.get(tensors.names().iterator().next());
    }

    @Override
    public String toString() {
        return name.isEmpty() ? file.toString() : file + "#" + name;
    }
}
