package dev.clap4j.experiment;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.NpyFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorInfo;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * NumPy files seen as one file of named tensors: {@code mine.npy} holds the tensor {@code images}, {@code mine.labels.npy}
 * beside it the tensor {@code labels}, and so on.
 */
final class NpyTensors implements TensorFile {
    private static final String ENDING = ".npy";

    private final Path images;
    private final Map<String, Path> files = new TreeMap<>();

    private NpyTensors(Path images) {
        this.images = images;
        files.put(FeatureSource.IMAGES, images);
        String start = FeatureSource.stem(images) + ".";
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(images.toAbsolutePath().getParent())) {
            for (Path file : beside) {
                String name = file.getFileName().toString();
                if (name.startsWith(start)
                        && name.endsWith(ENDING)
                        && name.length() > start.length() + ENDING.length()) {
                    String tensor = name.substring(start.length(), name.length() - ENDING.length());
                    files.put(tensor, images.resolveSibling(name));
                }
            }
        } catch (IOException e) {
            throw new ClapException("Cannot read the folder of " + images + ": " + IoReasons.of(e), e);
        }
    }

    static boolean is(Path file) {
        return String.valueOf(file.getFileName()).endsWith(ENDING);
    }

    static NpyTensors open(Path images) {
        return new NpyTensors(images);
    }

    @Override
    public Path path() {
        return images;
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(files.keySet());
    }

    @Override
    public TensorInfo info(String name) {
        TensorData tensor = get(name);
        return new TensorInfo(name, tensor.type(), tensor.shape());
    }

    @Override
    public TensorData get(String name) {
        return NpyFile.read(files.get(name), name);
    }
}
