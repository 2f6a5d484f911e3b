package dev.clap4j.internal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.clap4j.ClapException;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Walks through an ONNX file and skips all weights; their number and size do not matter to it. */
final class OnnxScan {
    /** Limits far beyond published networks. */
    private static final int MOST_VALUES = 10_000;

    private static final int MOST_TENSORS = 1_000_000;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int DEEPEST = 30;

    /** Standard operators that draw random numbers when a network runs. */
    private static final Set<String> RANDOM = Set.of(
            "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike");

    private final Path file;
    private final List<ValueInfoProto> inputs = new ArrayList<>();
    private final List<ValueInfoProto> outputs = new ArrayList<>();

    /** Old files list their weights as inputs, too. */
    private final Set<String> weights = new HashSet<>();

    private boolean hasGraph;
    private boolean isRandom;
    private int depth;

    OnnxScan(Path file) {
        this.file = file;
    }

    /** Reports content that is no ONNX. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /** Takes one field that holds bytes; whatever it leaves is skipped. */
    @FunctionalInterface
    private interface Field {
        boolean take(int number, CodedInputStream in) throws IOException;
    }

    OnnxSignature read(ByteBuffer content) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(content);
        try {
            fields(in, this::model);
        } catch (InvalidProtocolBufferException e) {
            throw new Malformed(e.getMessage());
        }
        if (!hasGraph || outputs.isEmpty()) {
            throw new Malformed("it has no network");
        }
        inputs.removeIf(input -> weights.contains(input.getName()));
        List<Input> takes = new ArrayList<>();
        for (ValueInfoProto input : inputs) {
            if (!input.getType().getTensorType().hasShape()) {
                throw new ClapException(
                        file + ": its input " + input.getName() + " has no shape, so it cannot be used");
            }
            takes.add(value(input));
        }
        return new OnnxSignature(file, takes, outputs.stream().map(this::value).toList(), isRandom);
    }

    private void fields(CodedInputStream in, Field field) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean isBytes = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_START_GROUP) {
                throw new Malformed("it has a group, which ONNX does not know");
            }
            if (!(isBytes && field.take(WireFormat.getTagFieldNumber(tag), in)) && !in.skipField(tag)) {
                throw new Malformed("a group ends that did not begin");
            }
        }
    }

    private boolean message(CodedInputStream in, Field field) throws IOException {
        if (depth++ > DEEPEST) {
            throw new Malformed("its networks lie in one another more than " + DEEPEST + " times");
        }
        int outer = in.pushLimit(in.readRawVarint32());
        fields(in, field);
        in.popLimit(outer);
        depth--;
        return true;
    }

    private static byte[] bytes(CodedInputStream in) throws IOException {
        int size = in.readRawVarint32();
        if (size < 0 || size > LONGEST_TEXT) {
            throw new Malformed("a name or type of " + Integer.toUnsignedLong(size) + " bytes is too long");
        }
        return in.readRawBytes(size);
    }

    private static String text(CodedInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private boolean model(int number, CodedInputStream in) throws IOException {
        return switch (number) {
            case ModelProto.GRAPH_FIELD_NUMBER -> {
                hasGraph = true;
                yield message(in, (field, part) -> graph(field, part, true));
            }
            case ModelProto.FUNCTIONS_FIELD_NUMBER -> message(in, this::function);
            default -> false;
        };
    }

    private boolean function(int number, CodedInputStream in) throws IOException {
        return number == FunctionProto.NODE_FIELD_NUMBER && message(in, this::node);
    }

    private boolean graph(int number, CodedInputStream in, boolean isMain) throws IOException {
        return switch (number) {
            case GraphProto.NODE_FIELD_NUMBER -> message(in, this::node);
            case GraphProto.INITIALIZER_FIELD_NUMBER -> tensor(in, isMain);
            case GraphProto.SPARSE_INITIALIZER_FIELD_NUMBER -> message(in, this::sparse);
            case GraphProto.INPUT_FIELD_NUMBER -> isMain && declared(in, inputs);
            case GraphProto.OUTPUT_FIELD_NUMBER -> isMain && declared(in, outputs);
            default -> false;
        };
    }

    private static boolean declared(CodedInputStream in, List<ValueInfoProto> values) throws IOException {
        if (values.size() == MOST_VALUES) {
            throw new Malformed("it has more than " + MOST_VALUES + " inputs or outputs");
        }
        values.add(ValueInfoProto.parseFrom(bytes(in)));
        return true;
    }

    private boolean node(int number, CodedInputStream in) throws IOException {
        if (number == NodeProto.OP_TYPE_FIELD_NUMBER) {
            isRandom |= RANDOM.contains(text(in));
            return true;
        }
        return number == NodeProto.ATTRIBUTE_FIELD_NUMBER && message(in, this::attribute);
    }

    private boolean attribute(int number, CodedInputStream in) throws IOException {
        return switch (number) {
            case AttributeProto.T_FIELD_NUMBER, AttributeProto.TENSORS_FIELD_NUMBER -> tensor(in, false);
            case AttributeProto.G_FIELD_NUMBER, AttributeProto.GRAPHS_FIELD_NUMBER ->
                message(in, (field, part) -> graph(field, part, false));
            case AttributeProto.SPARSE_TENSOR_FIELD_NUMBER, AttributeProto.SPARSE_TENSORS_FIELD_NUMBER ->
                message(in, this::sparse);
            default -> false;
        };
    }

    private boolean sparse(int number, CodedInputStream in) throws IOException {
        return (number == SparseTensorProto.VALUES_FIELD_NUMBER || number == SparseTensorProto.INDICES_FIELD_NUMBER)
                && tensor(in, false);
    }

    private boolean tensor(CodedInputStream in, boolean isWeight) throws IOException {
        Map<String, String> outside = new TreeMap<>();
        message(in, (number, part) -> switch (number) {
            case TensorProto.NAME_FIELD_NUMBER -> isWeight && named(text(part));
            case TensorProto.EXTERNAL_DATA_FIELD_NUMBER -> {
                StringStringEntryProto entry = StringStringEntryProto.parseFrom(bytes(part));
                outside.put(entry.getKey(), entry.getValue());
                yield true;
            }
            default -> false;
        });
        if (!outside.isEmpty()) {
            ExternalData.check(file, outside);
        }
        return true;
    }

    private boolean named(String weight) throws IOException {
        weights.add(weight);
        if (weights.size() > MOST_TENSORS) {
            throw new Malformed("it has more than " + MOST_TENSORS + " weights");
        }
        return true;
    }

    private Input value(ValueInfoProto value) {
        TypeProto.Tensor tensor = value.getType().getTensorType();
        long[] shape = tensor.getShape().getDimList().stream()
                .mapToLong(OnnxScan::extent)
                .toArray();
        return new Input(value.getName(), type(value, tensor.getElemType()), shape);
    }

    private static long extent(TensorShapeProto.Dimension extent) {
        return extent.hasDimValue() && extent.getDimValue() > 0 ? extent.getDimValue() : -1;
    }

    private DataType type(ValueInfoProto value, int code) {
        return switch (code) {
            case TensorProto.DataType.FLOAT_VALUE -> DataType.F32;
            case TensorProto.DataType.FLOAT16_VALUE -> DataType.F16;
            case TensorProto.DataType.BFLOAT16_VALUE -> DataType.BF16;
            case TensorProto.DataType.DOUBLE_VALUE -> DataType.F64;
            case TensorProto.DataType.INT64_VALUE -> DataType.I64;
            case TensorProto.DataType.INT32_VALUE -> DataType.I32;
            case TensorProto.DataType.INT16_VALUE -> DataType.I16;
            case TensorProto.DataType.INT8_VALUE -> DataType.I8;
            case TensorProto.DataType.UINT8_VALUE -> DataType.U8;
            case TensorProto.DataType.BOOL_VALUE -> DataType.BOOL;
            default ->
                throw new ClapException(file + ": the type of " + value.getName() + " (" + code
                        + ") is not supported; expected a tensor of floats or integers");
        };
    }
}
