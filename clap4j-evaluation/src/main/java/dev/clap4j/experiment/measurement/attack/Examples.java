package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pixels of example images of a run, for pictures: evenly spaced images of each domain, under every attack.
 *
 * @param folder their folder
 */
public record Examples(Path folder) {
    private static final String PIXELS = "pixels";
    private static final String PREDICTED = "predicted";
    private static final int ALL = 8;

    /**
     * An image under attack.
     *
     * @param pixels {@code [3, side, side]}
     * @param predicted the predicted class
     */
    public record Example(float[] pixels, int predicted) {}

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
     * Saves the examples of an attacked batch.
     *
     * @param name identifies the method, the batch and the attack
     * @param pixels those of the batch {@code [b, 3, side, side]}
     * @param predicted its predicted classes {@code [b]}
     */
    public void save(String name, AttackBatch batch, float[] pixels, int[] predicted) {
        int[] rows = batch.examples();
        if (rows.length == 0) {
            return;
        }
        int values = pixels.length / batch.size();
        int side = (int) Math.round(Math.sqrt(values / 3.0));
        float[] kept = new float[rows.length * values];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(pixels, rows[i] * values, kept, i * values, values);
        }
        String classes = IntStream.of(rows)
                .mapToObj(row -> String.valueOf(predicted[row]))
                .collect(Collectors.joining(","));
        SealedTensors.write(
                file(name),
                Map.of(PREDICTED, classes),
                List.of(TensorData.of(PIXELS, kept, rows.length, 3, side, side)));
    }

    /**
     * Loads the saved examples of an attacked batch.
     *
     * @throws ClapException if the file is missing or damaged
     */
    public List<Example> load(String name, AttackBatch batch) {
        int count = batch.examples().length;
        if (count == 0) {
            return List.of();
        }
        try {
            SafetensorsFile file = SealedTensors.open(file(name));
            TensorData tensor = file.get(PIXELS);
            int[] predicted = Arrays.stream(
                            file.metadata().getOrDefault(PREDICTED, "").split(","))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            if (tensor.type() == DataType.F32 && tensor.shape()[0] == count && predicted.length == count) {
                float[] values = tensor.toFloats();
                int image = values.length / count;
                return IntStream.range(0, count)
                        .mapToObj(
                                i -> new Example(Arrays.copyOfRange(values, i * image, (i + 1) * image), predicted[i]))
                        .toList();
            }
        } catch (ClapException | NumberFormatException e) {
            throw new ClapException(Problem.RUN_IS_DAMAGED, e.getMessage(), e);
        }
        throw new ClapException(Problem.RUN_IS_DAMAGED, file(name) + " holds no pictures of this run");
    }

    private Path file(String name) {
        return folder.resolve(name + ".safetensors");
    }
}
