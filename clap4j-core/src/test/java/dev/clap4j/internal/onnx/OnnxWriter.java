package dev.clap4j.internal.onnx;

import static dev.clap4j.internal.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.clap4j.Precision;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes networks as ONNX files with inputs and outputs of any name and type, as other tools export them. */
public final class OnnxWriter {
    private final OnnxGraph graph = new OnnxGraph();
    private final OnnxOps ops = new OnnxOps(graph, Precision.FP32, Operators.STANDARD);

    /** A network of several outputs. */
    @FunctionalInterface
    public interface Network {
        <T> List<T> apply(TensorOps<T> ops, Weights<T> weights, List<T> inputs);
    }

    /** Declares an input, and returns it as F32 or I64. */
    public OnnxValue input(Input input) {
        OnnxValue value = graph.input(input);
        return switch (input.type()) {
            case F16 -> cast(value, TensorProto.DataType.FLOAT_VALUE);
            case I32 -> cast(value, TensorProto.DataType.INT64_VALUE);
            default -> value;
        };
    }

    private OnnxValue cast(OnnxValue value, int type) {
        return graph.node("Cast", value.rank(), List.of(value), attribute("to", (long) type));
    }

    /** Embeds each number of a tensor in sines and cosines, {@code [numbers, dim]}. */
    public OnnxValue sinusoids(OnnxValue numbers, int dim, boolean cosinesFirst, double shift) {
        float[] frequencies = new float[dim / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) Math.exp(-Math.log(10_000) * i / (frequencies.length - shift));
        }
        OnnxValue floats = cast(numbers, TensorProto.DataType.FLOAT_VALUE);
        OnnxValue column = graph.node("Reshape", 2, List.of(floats, graph.integers(-1, 1)));
        OnnxValue row = ops.constant(TensorData.of("frequencies", frequencies, 1, frequencies.length));
        OnnxValue angles = graph.node("Mul", 2, List.of(column, row));
        OnnxValue sines = graph.node("Sin", 2, List.of(angles));
        OnnxValue cosines = graph.node("Cos", 2, List.of(angles));
        return ops.concat(1, cosinesFirst ? List.of(cosines, sines) : List.of(sines, cosines));
    }

    /** Repeats a row for each of a batch, unless there is one for each already. */
    public OnnxValue forEach(OnnxValue row, OnnxValue batch) {
        OnnxValue rows = graph.shape(batch, 0, 1);
        OnnxValue extents = graph.node("Concat", 1, List.of(rows, graph.integers(1)), attribute("axis", 0L));
        return graph.node("Expand", 2, List.of(row, extents));
    }

    /** Gathers all numbers of a row in one: {@code [b * n, d]} becomes {@code [b, n * d]}. */
    public OnnxValue flat(OnnxValue x, long width) {
        return ops.reshape(x, -1, width);
    }

    /** Returns the position of the highest id of each text. */
    public OnnxValue highest(OnnxValue ids) {
        return graph.node("ArgMax", 1, List.of(ids), attribute("axis", 1L), attribute("keepdims", 0L));
    }

    /** Adds random numbers of the graph's own. */
    public OnnxValue withNoise(OnnxValue x) {
        return ops.add(x, graph.node("RandomNormalLike", x.rank(), List.of(x)));
    }

    /** Puts tensors side by side. */
    public OnnxValue sideBySide(OnnxValue a, OnnxValue b) {
        return ops.concat(1, List.of(a, b));
    }

    /** Computes the network. */
    public List<OnnxValue> run(Network network, TensorSource weights, List<OnnxValue> inputs) {
        return network.apply(ops, Weights.of(weights, ops), inputs);
    }

    /** Declares an output of any shape. */
    public OnnxWriter output(String name, DataType type, OnnxValue value) {
        OnnxValue converted = type == DataType.F16 ? cast(value, TensorProto.DataType.FLOAT16_VALUE) : value;
        graph.output(new Input(name, type), converted);
        return this;
    }

    /** Writes the file; if {@code inside} is false, weights go into a file beside it. */
    public void write(Path file, boolean inside) {
        new OnnxFile(graph).write(file, inside ? Long.MAX_VALUE : 0);
        // The graph declares no shape for scalars, other tools an empty one.
        edit(file, graph -> graph.getInputBuilderList().forEach(input -> {
            if (!input.getType().getTensorType().hasShape()) {
                input.getTypeBuilder().getTensorTypeBuilder().setShape(TensorShapeProto.getDefaultInstance());
            }
        }));
    }

    /** Changes the graph of a file. */
    static void edit(Path file, Consumer<GraphProto.Builder> change) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
            change.accept(model.getGraphBuilder());
            Files.write(file, model.build().toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Renames an operator, so that no runtime knows it. */
    public static void renameOperator(Path file, String operator, String other) {
        edit(file, graph -> graph.getNodeBuilderList().stream()
                .filter(node -> node.getOpType().equals(operator))
                .forEach(node -> node.setOpType(other)));
    }

    /** Moves all weights that lie outside of the file. */
    public static void relocate(Path file, Map<String, String> entries) {
        edit(file, graph -> graph.getInitializerBuilderList().forEach(tensor -> {
            if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                List<StringStringEntryProto> kept = new ArrayList<>(tensor.getExternalDataList().stream()
                        .filter(entry -> !entries.containsKey(entry.getKey()))
                        .toList());
                entries.forEach((key, value) -> kept.add(StringStringEntryProto.newBuilder()
                        .setKey(key)
                        .setValue(value)
                        .build()));
                tensor.clearExternalData().addAllExternalData(kept);
            }
        }));
    }

    /** Lists all weights among the inputs, as old tools do. */
    public static void listWeights(Path file) {
        edit(file, graph -> graph.getInitializerList().forEach(tensor -> {
            TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
            tensor.getDimsList()
                    .forEach(extent ->
                            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent)));
            ValueInfoProto.Builder input = ValueInfoProto.newBuilder().setName(tensor.getName());
            input.getTypeBuilder()
                    .getTensorTypeBuilder()
                    .setElemType(tensor.getDataType())
                    .setShape(shape);
            graph.addInput(input);
        }));
    }
}
