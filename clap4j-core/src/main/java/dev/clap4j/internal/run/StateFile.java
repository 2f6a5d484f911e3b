package dev.clap4j.internal.run;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file from which training is resumed: parameters, their optimizer moments, and some numbers. It has a checksum;
 * tensors that do not fit the run or are not finite are rejected.
 */
public final class StateFile implements TensorSource {
    private static final String FORMAT = "format";
    private static final List<String> MOMENTS = List.of("adam.mean.", "adam.square.");

    private final SafetensorsFile saved;
    private final Map<String, long[]> shapes;

    private StateFile(SafetensorsFile saved, Map<String, long[]> shapes) {
        this.saved = saved;
        this.shapes = shapes;
    }

    /**
     * Writes a state atomically.
     *
     * @param format the kind of state
     * @param numbers by name
     * @throws ClapException if it cannot be written
     */
    public static void write(
            Path file, String format, Map<String, ? extends Number> numbers, List<TensorData> tensors) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, format);
        numbers.forEach((name, number) -> metadata.put(name, number.toString()));
        SealedTensors.write(file, metadata, tensors);
    }

    /**
     * Opens a file written by {@link #write}.
     *
     * @param shapes the shapes of the parameters and their moments
     * @throws ClapException if the file is damaged, or of another kind
     */
    public static StateFile open(Path file, String format, Map<String, long[]> shapes) {
        try {
            StateFile state = new StateFile(SealedTensors.open(file), shapes);
            if (!format.equals(state.saved.metadata().get(FORMAT))) {
                throw new ClapException(
                        "its format is " + state.saved.metadata().get(FORMAT));
            }
            return state;
        } catch (ClapException e) {
            throw unfit(file, e.getMessage(), e);
        }
    }

    /**
     * Returns one of the numbers as an integer.
     *
     * @throws ClapException if it is missing, not an integer, or out of range
     */
    public int count(String name, int least, int most) {
        double number = number(name);
        if (number != Math.rint(number) || !(number >= least && number <= most)) {
            throw unfit(
                    saved.path(),
                    name + " is " + saved.metadata().get(name) + ", where a whole number from " + least + " to " + most
                            + " is expected",
                    null);
        }
        return (int) number;
    }

    /**
     * Returns one of the numbers; it may be infinite.
     *
     * @throws ClapException if it is missing or not a number
     */
    public double number(String name) {
        String text = saved.metadata().getOrDefault(name, "");
        try {
            double number = Double.parseDouble(text);
            if (!Double.isNaN(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like other values that are not numbers.
        }
        throw unfit(saved.path(), name + " is \"" + text + "\", which is no number", null);
    }

    /** Returns an exception for content that does not fit. */
    public ClapException unfit(String why) {
        return unfit(saved.path(), why, null);
    }

    private static ClapException unfit(Path file, String why, ClapException cause) {
        return new ClapException(
                Problem.RUN_IS_DAMAGED, file + " is no training state that can be resumed: " + why, cause);
    }

    @Override
    public Set<String> names() {
        return saved.names();
    }

    /**
     * Returns a tensor of 32-bit floats.
     *
     * @throws ClapException if there is none of that name, or it has another type or shape, or a value is not finite
     */
    @Override
    public TensorData get(String name) {
        String parameter = name;
        for (String prefix : MOMENTS) {
            parameter = parameter.startsWith(prefix) ? parameter.substring(prefix.length()) : parameter;
        }
        TensorData tensor = saved.get(name);
        if (tensor.type() != DataType.F32 || !Arrays.equals(tensor.shape(), shapes.get(parameter))) {
            throw unfit(name + " is " + tensor.type() + Arrays.toString(tensor.shape()) + ", where F32"
                    + Arrays.toString(shapes.get(parameter)) + " is expected");
        }
        FloatBuffer values = tensor.bytes().asFloatBuffer();
        while (values.hasRemaining()) {
            float value = values.get();
            if (!Float.isFinite(value)) {
                throw unfit(name + " has the value " + value);
            }
        }
        return tensor;
    }
}
