package dev.clap4j.internal.onnx;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Weights outside of an ONNX file, which must lie beside it, lest the file make other files be read. */
final class ExternalData {
    private ExternalData() {}

    /**
     * Checks where a tensor lies.
     *
     * @param model the ONNX file
     * @param entries {@code location}, and {@code offset} and {@code length} in bytes if the tensor is not the whole file
     * @throws ClapException if it does not lie in a file beside the model
     */
    static void check(Path model, Map<String, String> entries) {
        Path file = beside(model, entries.getOrDefault("location", ""));
        InputFiles.requireRegular(file);
        try {
            Path folder = file.toRealPath().getParent();
            boolean beside = folder.equals(model.toAbsolutePath().getParent().toRealPath())
                    || folder.equals(model.toRealPath().getParent());
            if (!beside) {
                throw elsewhere(model, file.getFileName() + ", a link to another folder");
            }
            long offset = number(model, entries.getOrDefault("offset", "0"));
            long length = number(model, entries.getOrDefault("length", "0"));
            long size = Files.size(file);
            if (offset > size || length > size - offset) {
                throw new ClapException(file + " has " + size + " bytes, but " + model + " needs " + length
                        + " from byte " + offset + " on; take both files from the same model");
            }
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    private static Path beside(Path model, String location) {
        try {
            Path named = Path.of(location);
            boolean isName = !location.isEmpty()
                    && named.getNameCount() == 1
                    && !named.isAbsolute()
                    && !location.contains("\\")
                    && !location.equals("..")
                    && !location.equals(".");
            if (!isName) {
                throw elsewhere(model, Names.line(location));
            }
            return model.resolveSibling(named);
        } catch (InvalidPathException e) {
            throw elsewhere(model, Names.line(location));
        }
    }

    private static ClapException elsewhere(Path model, String where) {
        return new ClapException(model + " has weights in \"" + where
                + "\"; weights are read from the file itself or from" + " one beside it only");
    }

    private static long number(Path model, String text) {
        if (text.matches("[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        throw new ClapException(
                model + " has weights in another file at \"" + Names.line(text) + "\"; expected a number of bytes");
    }
}
