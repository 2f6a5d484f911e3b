package dev.clap4j.evaluation.attack;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pixels of example images of a run, for pictures: evenly spaced images of each domain, under every attack. */
final class Examples {
    private static final String TENSOR = "pixels";
    private static final int ALL = 8;

    private final Path folder;

    Examples(Path folder) {
        this.folder = folder;
    }

    /** Returns the indices of the examples in a domain. */
    static int[] places(int images, int domains) {
        int kept = Math.min(images, Math.max(1, ALL / domains));
        return IntStream.range(0, kept)
                .map(i -> (int) ((2L * i + 1) * images / (2L * kept)))
                .toArray();
    }

    /** Returns the examples in a range of images, relative to {@code from}. */
    static int[] within(int[] places, int from, int images) {
        return IntStream.of(places)
                .filter(place -> place >= from && place < from + images)
                .map(place -> place - from)
                .toArray();
    }

    /**
     * Saves images.
     *
     * @param name of a batch
     * @param pixels {@code [b, 3, side, side]}, row by row
     * @param rows which of them
     */
    void save(String name, float[] pixels, int side, int[] rows) {
        int image = 3 * side * side;
        float[] kept = new float[rows.length * image];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(pixels, rows[i] * image, kept, i * image, image);
        }
        SealedTensors.write(file(name), Map.of(), List.of(TensorData.of(TENSOR, kept, rows.length, 3, side, side)));
    }

    /** Loads the saved images of a batch, each {@code [3, side, side]}. */
    List<float[]> load(String name) {
        TensorData tensor = tensor(file(name));
        float[] values = tensor.toFloats();
        int count = Math.toIntExact(tensor.shape()[0]);
        int image = values.length / Math.max(count, 1);
        return IntStream.range(0, count)
                .mapToObj(i -> Arrays.copyOfRange(values, i * image, (i + 1) * image))
                .toList();
    }

    private static TensorData tensor(Path file) {
        try {
            TensorData tensor = SealedTensors.open(file).get(TENSOR);
            if (tensor.type() == DataType.F32 && tensor.shape().length == 4) {
                return tensor;
            }
        } catch (ClapException e) {
            throw new ClapException(Problem.RUN_IS_DAMAGED, e.getMessage(), e);
        }
        throw new ClapException(Problem.RUN_IS_DAMAGED, file + " holds no pictures");
    }

    private Path file(String name) {
        return folder.resolve(name + ".safetensors");
    }

    /** Returns the files of all saved images. */
    List<Path> files() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ClapException("Cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
