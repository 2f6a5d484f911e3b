package dev.clap4j.internal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProtoOrBuilder;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.HalfFloats;
import dev.clap4j.internal.io.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An ONNX graph under construction: nodes are appended in the order in which they run. */
final class OnnxGraph {
    /** The operator set version; 18 introduced antialiased resizing. */
    static final int OPSET = 18;

    /** The size below which ONNX Runtime requires tensors to be inside the model. */
    private static final int SMALLEST_EXTERNAL_BYTES = 128;

    private static final int IR_VERSION = 8;

    /** The domain of ONNX Runtime's own operators. */
    private static final String RUNTIME_DOMAIN = "com.microsoft";

    private static final int RUNTIME_OPSET = 1;

    /** Ends the names of weights that are stored as 16-bit floats and read as 32-bit floats. */
    private static final String HALVES = ".f16";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("clap4j");
    private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
    private final Map<String, TensorData> weights = new LinkedHashMap<>();
    private final Set<String> external = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private int values;

    /** Declares an input. */
    OnnxValue input(Input input) {
        graph.addInput(valueInfo(input.name(), input.type(), input.shape()));
        return new OnnxValue(input.name(), input.shape().length);
    }

    /** Declares the output, floats of any shape. */
    void output(String name, OnnxValue value) {
        output(new Input(name, DataType.F32), value);
    }

    /** Declares an output with the same kind of description as inputs. */
    void output(Input output, OnnxValue value) {
        node("Identity", output.name(), List.of(value));
        graph.addOutput(valueInfo(output.name(), output.type(), output.shape()));
    }

    private static ValueInfoProto valueInfo(String name, DataType type, long[] shape) {
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(elementType(type));
        if (shape.length > 0) {
            TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
            for (int i = 0; i < shape.length; i++) {
                dims.addDim(
                        shape[i] < 0
                                ? TensorShapeProto.Dimension.newBuilder().setDimParam(name + "_" + i)
                                : TensorShapeProto.Dimension.newBuilder().setDimValue(shape[i]));
            }
            tensor.setShape(dims);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** Returns ONNX's number of a type. */
    static int elementType(DataType type) {
        return switch (type) {
            case F32 -> TensorProto.DataType.FLOAT_VALUE;
            case F16 -> TensorProto.DataType.FLOAT16_VALUE;
            case I64 -> TensorProto.DataType.INT64_VALUE;
            case I32 -> TensorProto.DataType.INT32_VALUE;
            case I8 -> TensorProto.DataType.INT8_VALUE;
            case U8 -> TensorProto.DataType.UINT8_VALUE;
            default -> throw new IllegalArgumentException("Graphs take F32, F16, I64, I32, I8 and U8, not " + type);
        };
    }

    /** Adds a weight in the type it has. Its bytes are not copied; the runtime is given their address. */
    OnnxValue weight(TensorData values) {
        return weight(values, values.type());
    }

    /**
     * Adds a weight of floats. If either type is F16, it is stored in that: numbers in F32 are rounded when the graph is
     * complete; numbers in F16 are not copied, but converted by the graph.
     *
     * @param values F32 or F16
     * @param read the type of the value that nodes read, F32 or F16
     */
    OnnxValue weight(TensorData values, DataType read) {
        String name = next(values.name());
        DataType stored = read == DataType.F16 ? read : values.type();
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(stored == read ? name : name + HALVES)
                .setDataType(elementType(stored));
        for (long extent : values.shape()) {
            tensor.addDims(extent);
        }
        if (values.elements() * stored.bytes() < SMALLEST_EXTERNAL_BYTES) {
            tensor.setRawData(ByteString.copyFrom(stored(values, tensor).bytes()));
        } else {
            external.add(name);
            tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(StringStringEntryProto.newBuilder()
                            .setKey("location")
                            .setValue("handed-over"));
        }
        weights.put(name, values);
        initializers.put(name, tensor.build());
        return new OnnxValue(name, values.shape().length);
    }

    private static TensorData stored(TensorData values, TensorProtoOrBuilder tensor) {
        return tensor.getDataType() == TensorProto.DataType.FLOAT16_VALUE ? values.toF16() : values;
    }

    /** Adds a small constant vector of integers, {@code [n]}. */
    OnnxValue integers(long... values) {
        return integers(1, TensorProto.newBuilder().addDims(values.length), values);
    }

    /** Adds a small constant, a scalar integer. */
    OnnxValue integer(long value) {
        return integers(0, TensorProto.newBuilder(), value);
    }

    private OnnxValue integers(int rank, TensorProto.Builder tensor, long... values) {
        String name = next("integers");
        tensor.setName(name).setDataType(elementType(DataType.I64));
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        initializers.put(name, tensor.build());
        return new OnnxValue(name, rank);
    }

    /** Adds a small constant, a scalar float in 32 bits. */
    OnnxValue number(float value) {
        return number(value, DataType.F32);
    }

    /** Adds a small constant, a scalar float. */
    OnnxValue number(float value, DataType type) {
        String name = next("number");
        initializers.put(name, number(type, value).setName(name).build());
        return new OnnxValue(name, 0);
    }

    /** Returns a float as a tensor, a scalar unless extents are added. */
    static TensorProto.Builder number(DataType type, float value) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(elementType(type));
        return type == DataType.F16
                ? tensor.addInt32Data(HalfFloats.toHalf(value) & 0xFFFF)
                : tensor.addFloatData(value);
    }

    /** Returns the values of a weight of this graph, as they were given; null if the value is not a weight. */
    TensorData weightOf(OnnxValue weight) {
        return weights.get(weight.name());
    }

    /** Appends a node with one output. */
    OnnxValue node(String operator, int rank, List<OnnxValue> inputs, AttributeProto... attributes) {
        return new OnnxValue(node(operator, next(operator), inputs, attributes), rank);
    }

    /**
     * Returns the extents of the dimensions from {@code start} to {@code end} as a vector. The Shape operator has
     * attributes for this, but ONNX Runtime's symbolic shape inference ignores them.
     */
    OnnxValue shape(OnnxValue x, long start, long end) {
        OnnxValue whole = node("Shape", 1, List.of(x));
        return start == 0 && end == x.rank()
                ? whole
                : node("Slice", 1, List.of(whole, integers(start), integers(end), integers(0)));
    }

    /**
     * Appends a node with one output whose operator is one of ONNX Runtime's own. The output's type and rank are
     * declared, since standard inference of types and shapes stops at unknown operators.
     */
    OnnxValue runtimeNode(
            String operator, DataType type, int rank, List<OnnxValue> inputs, AttributeProto... attributes) {
        OnnxValue output = node(operator, rank, inputs, attributes);
        graph.getNodeBuilder(graph.getNodeCount() - 1).setDomain(RUNTIME_DOMAIN);
        long[] unknown = new long[rank];
        Arrays.fill(unknown, -1);
        graph.addValueInfo(valueInfo(output.name(), type, unknown));
        return output;
    }

    /** Appends a node with several outputs. */
    List<OnnxValue> node(String operator, List<Integer> ranks, List<OnnxValue> inputs) {
        String name = next(operator);
        List<OnnxValue> outputs = new ArrayList<>();
        ranks.forEach(rank -> outputs.add(new OnnxValue(name + "." + outputs.size(), rank)));
        append(operator, name, inputs, outputs.stream().map(OnnxValue::name).toList());
        return outputs;
    }

    private String node(String operator, String output, List<OnnxValue> inputs, AttributeProto... attributes) {
        append(operator, output, inputs, List.of(output), attributes);
        return output;
    }

    private void append(
            String operator, String name, List<OnnxValue> inputs, List<String> outputs, AttributeProto... attributes) {
        List<String> names = inputs.stream().map(OnnxValue::name).toList();
        read.addAll(names);
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(names)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
    }

    private String next(String stem) {
        return stem + "#" + values++;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto attribute(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto attribute(String name, TensorProto value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value)
                .build();
    }

    /**
     * Returns the graph as a model, without the bytes of {@link #externalWeights()}; weights that no node uses are left
     * out.
     */
    ModelProto model() {
        return model(Set.of());
    }

    /**
     * Returns the graph as a model in which some of the {@link #externalWeights()} are inputs.
     *
     * @param fed their names; they are stored as 16-bit floats
     */
    ModelProto model(Set<String> fed) {
        GraphProto.Builder whole = graph.clone();
        initializers.forEach((name, tensor) -> {
            if (read.contains(name)) {
                if (fed.contains(tensor.getName())) {
                    long[] shape = weights.get(name).shape();
                    whole.addInput(valueInfo(tensor.getName(), DataType.F16, shape));
                } else {
                    whole.addInitializer(tensor);
                }
                if (!tensor.getName().equals(name)) {
                    whole.addNode(0, conversion(tensor.getName(), name));
                }
            }
        });
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("clap4j")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(whole);
        if (graph.getNodeList().stream().anyMatch(node -> node.getDomain().equals(RUNTIME_DOMAIN))) {
            model.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(RUNTIME_DOMAIN).setVersion(RUNTIME_OPSET));
        }
        return model.build();
    }

    /** Returns the node that converts a weight to 32-bit floats. */
    private static NodeProto conversion(String stored, String name) {
        return NodeProto.newBuilder()
                .setOpType("Cast")
                .setName(name)
                .addInput(stored)
                .addOutput(name)
                .addAttribute(attribute("to", TensorProto.DataType.FLOAT_VALUE))
                .build();
    }

    /** Returns the weights that the model refers to by name only, as they are stored; rounds them anew in each call. */
    Map<String, TensorData> externalWeights() {
        Map<String, TensorData> named = new LinkedHashMap<>();
        weights.forEach((name, values) -> {
            if (external.contains(name) && read.contains(name)) {
                TensorProto tensor = initializers.get(name);
                named.put(tensor.getName(), stored(values, tensor));
            }
        });
        return named;
    }
}
