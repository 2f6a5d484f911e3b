package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.ConfigSection;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OnnxSignature;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.onnx.OrtGraph;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One part of a pipeline as an ONNX file; its inputs and outputs are as the file declares them. Thread-safe. */
final class PartGraph implements AutoCloseable {
    static final String FILE = "model.onnx";

    private final OnnxSignature signature;
    private final OnDemand<OrtGraph> network;

    private PartGraph(OnnxSignature signature, OrtEngine engine) {
        this.signature = signature;
        this.network = new OnDemand<>(() -> engine.load(signature), OrtGraph::close);
    }

    /**
     * Opens a part.
     *
     * @throws ClapException if it is missing or not an ONNX file
     */
    static PartGraph open(Path pipeline, String part, OrtEngine engine) {
        Path file = PartFolder.of(pipeline, part).path().resolve(FILE);
        return new PartGraph(OnnxSignature.read(file), engine);
    }

    Path file() {
        return signature.file();
    }

    /** Returns the configuration beside the network, which not all exports have. */
    Optional<ConfigSection> config() {
        Path config = file().resolveSibling("config.json");
        return Files.exists(config) ? Optional.of(ConfigSection.read(config)) : Optional.empty();
    }

    /** Returns a whole number above 0 of the configuration. */
    int configured(String key, int byDefault) {
        return config().map(section -> section.extent(key, byDefault)).orElse(byDefault);
    }

    /** Rejects a network whose outputs differ from run to run. */
    PartGraph requireRepeatable() {
        if (signature.isRandom()) {
            throw new ClapException(
                    file() + " draws random numbers of its own, so the same seed would not give the same"
                            + " picture; export it without them");
        }
        return this;
    }

    /** Rejects inputs that would not be given. */
    PartGraph requireNoInputsBut(Set<String> known) {
        signature.inputs().forEach(input -> {
            if (!known.contains(input.name())) {
                throw new ClapException(
                        file() + " takes an input " + input.name() + ", which is not supported; expected "
                                + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        });
        return this;
    }

    Optional<Input> find(String input) {
        return signature.inputs().stream()
                .filter(found -> found.name().equals(input))
                .findFirst();
    }

    /** Returns an input of floats of a number of dimensions; empty if there is none. */
    Optional<Input> floats(String input, int rank) {
        return find(input).map(found -> {
            require(found, isFloats(found) && found.shape().length == rank, "floats of " + rank + " dimensions");
            return found;
        });
    }

    /** Returns the only input, floats of a number of dimensions. */
    Input onlyFloats(int rank) {
        if (signature.inputs().size() != 1) {
            throw new ClapException(
                    file() + " takes the inputs " + names(signature.inputs()) + "; one input was expected");
        }
        return floats(signature.inputs().get(0).name(), rank).orElseThrow();
    }

    /** Checks the type and shape that an input declares. */
    void require(Input input, boolean fits, String expected) {
        if (!fits) {
            throw new ClapException(file() + ": its input " + shown(input) + " is not supported; expected " + expected);
        }
    }

    static boolean isFloats(Input input) {
        return input.type() == DataType.F32 || input.type() == DataType.F16;
    }

    static boolean isIntegers(Input input) {
        return input.type() == DataType.I64 || input.type() == DataType.I32;
    }

    /** Returns the error for an input that is missing. */
    ClapException lacks(String input) {
        return new ClapException(
                file() + " lacks the input " + input + "; its inputs are " + names(signature.inputs()));
    }

    /** Returns the names of the outputs. */
    List<String> outputs() {
        return signature.outputs().stream().map(Input::name).toList();
    }

    /** Returns the name of the only output, or of one of the usual name among several. */
    String output(String usual) {
        List<String> names = outputs();
        if (names.size() == 1 || names.contains(usual)) {
            return names.contains(usual) ? usual : names.get(0);
        }
        throw new ClapException(
                file() + " lacks the output " + usual + "; its outputs are " + names(signature.outputs()));
    }

    private static String names(List<Input> values) {
        return values.isEmpty() ? "none" : values.stream().map(Input::name).collect(Collectors.joining(", "));
    }

    private static String shown(Input input) {
        String shape = Arrays.stream(input.shape())
                .mapToObj(extent -> extent < 0 ? "?" : "" + extent)
                .collect(Collectors.joining(", "));
        return input.name() + " " + input.type() + "[" + shape + "]";
    }

    /**
     * Runs the network.
     *
     * @param inputs its inputs, in any type of the right kind
     * @param outputs the outputs that are needed
     * @return F32
     * @throws ClapException if an input does not have the declared extents, or the run fails
     */
    Map<String, TensorData> run(Map<String, TensorData> inputs, Set<String> outputs) {
        Map<String, TensorData> converted = new LinkedHashMap<>();
        signature.inputs().forEach(input -> {
            TensorData given = inputs.get(input.name());
            if (!fits(input.shape(), given.shape())) {
                throw new ClapException(file() + " takes " + shown(input) + ", but this would need "
                        + Arrays.toString(given.shape()) + "; it was exported for fixed sizes");
            }
            converted.put(input.name(), as(input.type(), given));
        });
        return network.use(graph -> graph.run(converted, outputs));
    }

    /** Runs a network for one output. */
    TensorData run(Map<String, TensorData> inputs, String output) {
        return run(inputs, Set.of(output)).get(output);
    }

    private static boolean fits(long[] declared, long... found) {
        boolean fits = declared.length == found.length;
        for (int i = 0; fits && i < found.length; i++) {
            fits = declared[i] < 0 || declared[i] == found[i];
        }
        return fits;
    }

    private static TensorData as(DataType type, TensorData given) {
        return switch (type) {
            case F16 -> given.toF16();
            case I32 -> narrowed(given);
            default -> given;
        };
    }

    private static TensorData narrowed(TensorData given) {
        long[] values = given.toLongs();
        ByteBuffer bytes = TensorData.allocate(values.length * 4L);
        for (long value : values) {
            bytes.putInt(Math.toIntExact(value));
        }
        return new TensorData(given.name(), DataType.I32, given.shape(), bytes.flip());
    }

    /** Checks the shape of an output, of which -1 is any extent. */
    TensorData requireShape(TensorData output, long... expected) {
        if (!fits(expected, output.shape())) {
            throw new ClapException(file() + " gives " + output.name() + " of the shape "
                    + Arrays.toString(output.shape()) + "; expected "
                    + Arrays.toString(expected).replace("-1", "?"));
        }
        return output;
    }

    void unload() {
        network.unload();
    }

    @Override
    public void close() {
        network.close();
    }
}
