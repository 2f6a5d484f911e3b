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
 * A file from which a training goes on: parameters, the optimizer's moments of them, and some numbers. It has a checksum,
 * and whatever does not fit the run, or is no number, is refused.
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
     * Writes a state, whole or not at all.
     *
     * @param format what kind of state it is
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
     * Opens what {@link #write} wrote.
     *
     * @param shapes of the parameters, which are those of their moments too
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
     * One of the numbers, which counts something.
     *
     * @throws ClapException if it is missing, no whole number, or out of its range
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
     * One of the numbers; it may be infinite.
     *
     * @throws ClapException if it is missing or none
     */
    public double number(String name) {
        String text = saved.metadata().getOrDefault(name, "");
        try {
            double number = Double.parseDouble(text);
            if (!Double.isNaN(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as what is not a number otherwise.
        }
        throw unfit(saved.path(), name + " is \"" + text + "\", which is no number", null);
    }

    /** The error that something in the file does not fit. */
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
     * A tensor of 32-bit floats.
     *
     * @throws ClapException if there is none of that name, or it has another type or shape, or a value that is not finite
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
