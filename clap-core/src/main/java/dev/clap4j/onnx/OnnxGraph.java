package dev.clap4j.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.clap4j.engine.Input;
import dev.clap4j.io.DataType;
import dev.clap4j.io.TensorData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An ONNX graph in the making: nodes are appended in the order in which they run. */
final class OnnxGraph {
    /** The operator set the nodes are written in; 17 brought LayerNormalization. */
    static final int OPSET = 17;

    /** ONNX Runtime wants smaller tensors inside the model. */
    private static final int SMALLEST_EXTERNAL_BYTES = 128;

    private static final int IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("clap4j");
    private final Map<String, TensorData> external = new LinkedHashMap<>();
    private int values;

    /** Declares an input. */
    OnnxValue input(Input input) {
        graph.addInput(valueInfo(input.name(), input.type(), input.shape()));
        return new OnnxValue(input.name(), input.shape().length);
    }

    /** Names the output. */
    void output(String name, OnnxValue value) {
        node("Identity", name, List.of(value));
        graph.addOutput(valueInfo(name, DataType.F32, new long[0]));
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

    private static int elementType(DataType type) {
        return switch (type) {
            case F32 -> TensorProto.DataType.FLOAT_VALUE;
            case I64 -> TensorProto.DataType.INT64_VALUE;
            default -> throw new IllegalArgumentException("Graphs take F32 and I64, not " + type);
        };
    }

    /** A weight. Its bytes stay where they are; the runtime is handed their address. */
    OnnxValue weight(TensorData values) {
        String name = next(values.name());
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(elementType(values.type()));
        for (long extent : values.shape()) {
            tensor.addDims(extent);
        }
        if (values.bytes().remaining() < SMALLEST_EXTERNAL_BYTES) {
            tensor.setRawData(ByteString.copyFrom(values.bytes()));
        } else {
            external.put(name, values);
            tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(StringStringEntryProto.newBuilder()
                            .setKey("location")
                            .setValue("handed-over"));
        }
        graph.addInitializer(tensor);
        return new OnnxValue(name, values.shape().length);
    }

    /** A small constant of integers, {@code [n]}. */
    OnnxValue integers(long... values) {
        String name = next("integers");
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(elementType(DataType.I64))
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
        return new OnnxValue(name, 1);
    }

    /** A small constant, a scalar. */
    OnnxValue number(float value) {
        String name = next("number");
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(elementType(DataType.F32))
                .addFloatData(value));
        return new OnnxValue(name, 0);
    }

    /** Appends a node with one output. */
    OnnxValue node(String operator, int rank, List<OnnxValue> inputs, AttributeProto... attributes) {
        return new OnnxValue(node(operator, next(operator), inputs, attributes), rank);
    }

    private String node(String operator, String output, List<OnnxValue> inputs, AttributeProto... attributes) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operator).setName(output).addOutput(output);
        inputs.forEach(input -> node.addInput(input.name()));
        graph.addNode(node.addAllAttribute(List.of(attributes)));
        return output;
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

    static AttributeProto attribute(String name, TensorProto value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value)
                .build();
    }

    /** The graph as a model, without the bytes of {@link #externalWeights()}. */
    ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("clap4j")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build();
    }

    /** The weights that the model only names. */
    Map<String, TensorData> externalWeights() {
        return Collections.unmodifiableMap(external);
    }
}
