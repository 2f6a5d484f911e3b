package dev.clap4j.internal.onnx;

import static dev.clap4j.internal.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.clap4j.Precision;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.TensorOps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Emits an ONNX graph; nothing is computed before a runtime runs it. In {@link Precision#FP16} all its floats have 16
 * bits, so they are converted where they enter and leave a network.
 */
final class OnnxOps implements TensorOps<OnnxValue> {
    /** Stands for an input that is left out. */
    private static final OnnxValue ABSENT = new OnnxValue("", 0);

    private final OnnxGraph graph;
    private final Precision precision;
    private final Operators operators;

    /** The type of all floats. */
    private final DataType floats;

    OnnxOps(OnnxGraph graph, Precision precision, Operators operators) {
        this.graph = graph;
        this.precision = precision;
        this.operators = operators;
        this.floats = precision == Precision.FP16 ? DataType.F16 : DataType.F32;
    }

    /** Declares an input, whose floats have 32 bits outside of the graph. */
    OnnxValue input(Input input) {
        OnnxValue value = graph.input(input);
        return input.type() == DataType.F32 ? fromF32(value) : value;
    }

    /** Returns 32-bit floats in the type of all floats. */
    OnnxValue fromF32(OnnxValue x) {
        return floats == DataType.F32 ? x : cast(x, floats);
    }

    /** Returns floats in 32 bits. */
    OnnxValue toF32(OnnxValue x) {
        return floats == DataType.F32 ? x : cast(x, DataType.F32);
    }

    private OnnxValue cast(OnnxValue x, DataType type) {
        return unary("Cast", x, attribute("to", OnnxGraph.elementType(type))).withWidth(x.width());
    }

    /** Leaves 16-bit floats to ONNX Runtime, so that there is never more than one copy in 32 bits. */
    @Override
    public OnnxValue constant(TensorData values) {
        boolean left =
                precision == Precision.FP16 || (precision == Precision.FP32 && operators == Operators.ONNX_RUNTIME);
        return graph.weight(left && values.type() == DataType.F16 ? values : values.toF32(), floats);
    }

    /** Returns a scalar. */
    OnnxValue scalar(float value) {
        return graph.number(value, floats);
    }

    private OnnxValue unary(String operator, OnnxValue x, AttributeProto... attributes) {
        return graph.node(operator, x.rank(), List.of(x), attributes);
    }

    private OnnxValue binary(String operator, OnnxValue a, OnnxValue b) {
        return graph.node(operator, Math.max(a.rank(), b.rank()), List.of(a, b))
                .withWidth(Math.max(a.width(), b.width()));
    }

    @Override
    public OnnxValue add(OnnxValue a, OnnxValue b) {
        return binary("Add", a, b);
    }

    @Override
    public OnnxValue subtract(OnnxValue a, OnnxValue b) {
        return binary("Sub", a, b);
    }

    @Override
    public OnnxValue divide(OnnxValue a, OnnxValue b) {
        return binary("Div", a, b);
    }

    @Override
    public OnnxValue multiply(OnnxValue a, OnnxValue b) {
        return binary("Mul", a, b);
    }

    @Override
    public OnnxValue scale(OnnxValue x, float factor) {
        return binary("Mul", x, scalar(factor));
    }

    @Override
    public OnnxValue sigmoid(OnnxValue x) {
        return unary("Sigmoid", x);
    }

    @Override
    public OnnxValue swish(OnnxValue x, float factor) {
        return multiply(x, sigmoid(factor == 1 ? x : scale(x, factor)));
    }

    @Override
    public OnnxValue exp(OnnxValue x) {
        return unary("Exp", x);
    }

    @Override
    public OnnxValue erf(OnnxValue x) {
        return unary("Erf", x);
    }

    @Override
    public OnnxValue inverseRoot(OnnxValue x) {
        return unary("Reciprocal", unary("Sqrt", x));
    }

    @Override
    public OnnxValue sign(OnnxValue x) {
        return unary("Sign", x);
    }

    @Override
    public OnnxValue relu(OnnxValue x) {
        return unary("Relu", x);
    }

    @Override
    public OnnxValue leakyRelu(OnnxValue x, float slope) {
        return unary("LeakyRelu", x, attribute("alpha", slope));
    }

    @Override
    public OnnxValue gelu(OnnxValue x) {
        OnnxValue erf = erf(binary("Div", x, scalar((float) Math.sqrt(2))));
        return scale(multiply(x, add(erf, scalar(1))), 0.5f);
    }

    @Override
    public OnnxValue geluTanh(OnnxValue x) {
        if (operators == Operators.ONNX_RUNTIME) {
            return graph.runtimeNode("FastGelu", floats, x.rank(), List.of(x)).withWidth(x.width());
        }
        double factor = 2 * Math.sqrt(2 / Math.PI);
        OnnxValue bracket = add(scale(multiply(x, x), (float) (0.044715 * factor)), scalar((float) factor));
        return multiply(x, sigmoid(multiply(x, bracket)));
    }

    @Override
    public OnnxValue matmul(OnnxValue x, OnnxValue b) {
        return binary("MatMul", x, b);
    }

    @Override
    public OnnxValue linear(OnnxValue x, OnnxValue weight, OnnxValue bias) {
        if (x.rank() == 2) {
            List<OnnxValue> inputs = bias == null ? List.of(x, weight) : List.of(x, weight, bias);
            return graph.node("Gemm", 2, inputs, attribute("transB", 1));
        }
        if (graph.weightOf(weight) == null) {
            OnnxValue product = matmul(x, transpose(weight, 1, 0));
            return bias == null ? product : add(product, bias);
        }
        if (precision == Precision.INT8) {
            return quantisedLinear(x, weight, bias);
        }
        // One matrix product over all rows, then the leading dimensions are restored.
        OnnxValue rows = graph.node("Flatten", 2, List.of(x), attribute("axis", x.rank() - 1L));
        OnnxValue product = linear(rows, weight, bias);
        OnnxValue leading = graph.shape(x, 0, x.rank() - 1);
        // A constant instead of the weight's shape: tools that rewrite weights do not expect a Shape node on them.
        long width = graph.weightOf(weight).shape()[0];
        OnnxValue shape = concatVectors(leading, graph.integers(width));
        return graph.node("Reshape", x.rank(), List.of(product, shape)).withWidth(width);
    }

    /**
     * Emits a quantised product: activations get a scale and a zero point in each run; sums of products are exact, in
     * 32-bit integers.
     */
    private OnnxValue quantisedLinear(OnnxValue x, OnnxValue weight, OnnxValue bias) {
        QuantisedWeight quantised = QuantisedWeight.of(graph.weightOf(weight));
        List<OnnxValue> activations = graph.node("DynamicQuantizeLinear", List.of(x.rank(), 0, 0), List.of(x));
        OnnxValue zero = activations.get(2);
        OnnxValue sums = graph.node(
                "MatMulInteger", x.rank(), List.of(activations.get(0), graph.weight(quantised.values()), zero));
        OnnxValue scales = binary("Mul", activations.get(1), graph.weight(quantised.scales()));
        OnnxValue product = binary("Mul", cast(sums, DataType.F32), scales);
        return (bias == null ? product : add(product, bias))
                .withWidth(graph.weightOf(weight).shape()[0]);
    }

    @Override
    public OnnxValue softmax(OnnxValue x) {
        return unary("Softmax", x, attribute("axis", -1));
    }

    @Override
    public OnnxValue logSoftmax(OnnxValue x) {
        return unary("LogSoftmax", x, attribute("axis", -1));
    }

    /**
     * Emits the normalisation in single steps: in ONNX Runtime 1.29, LayerNormalization is five times slower on the
     * processor. For 16-bit floats it is that operator, which computes their mean and variance in 32 bits: a square
     * overflows from 256 on.
     */
    @Override
    public OnnxValue layerNorm(OnnxValue x, OnnxValue weight, OnnxValue bias, float epsilon) {
        if (floats == DataType.F16) {
            return graph.node(
                    "LayerNormalization",
                    x.rank(),
                    List.of(x, weight, bias),
                    attribute("axis", -1),
                    attribute("epsilon", epsilon),
                    attribute("stash_type", OnnxGraph.elementType(DataType.F32)));
        }
        OnnxValue centred = binary("Sub", x, mean(x, -1));
        OnnxValue variance = mean(multiply(centred, centred), -1);
        OnnxValue deviation = unary("Sqrt", add(variance, scalar(epsilon)));
        return add(multiply(binary("Div", centred, deviation), weight), bias);
    }

    /**
     * Emits the normalisation; in 16-bit floats as a factor and a shift of each channel, computed from the statistics
     * before they are rounded.
     */
    @Override
    public OnnxValue batchNorm(
            OnnxValue x, OnnxValue weight, OnnxValue bias, OnnxValue mean, OnnxValue variance, float epsilon) {
        if (floats == DataType.F16) {
            float[] factor = graph.weightOf(weight).toFloats();
            float[] shift = graph.weightOf(bias).toFloats();
            float[] means = graph.weightOf(mean).toFloats();
            float[] variances = graph.weightOf(variance).toFloats();
            for (int c = 0; c < factor.length; c++) {
                factor[c] /= (float) Math.sqrt(variances[c] + epsilon);
                shift[c] -= means[c] * factor[c];
            }
            return add(multiply(x, channels("factor", factor)), channels("shift", shift));
        }
        return graph.node(
                "BatchNormalization",
                x.rank(),
                List.of(x, weight, bias, mean, variance),
                attribute("epsilon", epsilon));
    }

    private OnnxValue channels(String name, float[] values) {
        return constant(TensorData.of(name, values, values.length, 1, 1));
    }

    /** Emits the normalisation of single channels, whose parts are the groups. */
    @Override
    public OnnxValue groupNorm(OnnxValue x, OnnxValue weight, OnnxValue bias, int groups, float epsilon) {
        float[] ones = new float[groups];
        Arrays.fill(ones, 1);
        OnnxValue parts = graph.node("Reshape", 3, List.of(x, graph.integers(0, groups, -1)));
        OnnxValue normalised = graph.node(
                "InstanceNormalization",
                3,
                List.of(
                        parts,
                        constant(TensorData.of("ones", ones, groups)),
                        constant(TensorData.of("zeros", new float[groups], groups))),
                attribute("epsilon", epsilon));
        return add(multiply(reshapeLike(normalised, x), eachChannel(weight)), eachChannel(bias));
    }

    /** Returns a weight {@code [c]} in a shape for images {@code [b, c, h, w]}. */
    private OnnxValue eachChannel(OnnxValue weight) {
        return reshape(weight, graph.weightOf(weight).elements(), 1, 1);
    }

    @Override
    public OnnxValue conv2d(OnnxValue x, OnnxValue weight, OnnxValue bias, int stride, int padding, int groups) {
        return graph.node(
                "Conv",
                4,
                bias == null ? List.of(x, weight) : List.of(x, weight, bias),
                attribute("strides", new long[] {stride, stride}),
                attribute("pads", new long[] {padding, padding, padding, padding}),
                attribute("group", groups));
    }

    /**
     * Emits a convolution by the kernels turned by half a circle, which is much faster than a transposed convolution, but
     * takes a stride of 1.
     */
    @Override
    public OnnxValue conv2dInput(
            OnnxValue gradient, OnnxValue weight, int stride, int padding, int groups, long height, long width) {
        TensorData kernels = graph.weightOf(weight);
        int kernel = Math.toIntExact(kernels.shape()[2]);
        if (stride == 1 && padding < kernel) {
            OnnxValue turned = constant(turned(kernels, groups));
            return conv2d(gradient, turned, null, 1, kernel - 1 - padding, groups);
        }
        return graph.node(
                "ConvTranspose",
                4,
                List.of(gradient, weight),
                attribute("strides", new long[] {stride, stride}),
                attribute("pads", new long[] {padding, padding, padding, padding}),
                attribute("output_padding", new long[] {
                    (height + 2L * padding - kernel) % stride, (width + 2L * padding - kernel) % stride
                }),
                attribute("group", groups));
    }

    /** Turns kernels {@code [out, in / groups, k, k]} by half a circle and exchanges in and out. */
    private static TensorData turned(TensorData kernels, int groups) {
        long[] shape = kernels.shape();
        int out = Math.toIntExact(shape[0]) / groups;
        int in = Math.toIntExact(shape[1]);
        int area = Math.toIntExact(shape[2] * shape[3]);
        float[] from = kernels.toFloats();
        float[] to = new float[from.length];
        for (int group = 0; group < groups; group++) {
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    int source = ((group * out + o) * in + i) * area;
                    int target = ((group * in + i) * out + o) * area;
                    for (int k = 0; k < area; k++) {
                        to[target + area - 1 - k] = from[source + k];
                    }
                }
            }
        }
        return TensorData.of(kernels.name() + ".turned", to, (long) in * groups, out, shape[2], shape[3]);
    }

    @Override
    public OnnxValue averagePool2d(OnnxValue x, int size, int stride, int padding) {
        return unary(
                "AveragePool",
                x,
                attribute("kernel_shape", new long[] {size, size}),
                attribute("strides", new long[] {stride, stride}),
                attribute("pads", new long[] {padding, padding, padding, padding}));
    }

    @Override
    public OnnxValue upsample2d(OnnxValue x, int factor) {
        TensorData scales = TensorData.of("scales", new float[] {1, 1, factor, factor}, 4);
        return nearest(x, graph.weight(scales));
    }

    @Override
    public OnnxValue upsampleLike(OnnxValue x, OnnxValue like) {
        return nearest(x, ABSENT, concatVectors(graph.shape(x, 0, 2), graph.shape(like, 2, 4)));
    }

    private OnnxValue nearest(OnnxValue x, OnnxValue... scalesOrSizes) {
        return graph.node(
                "Resize",
                4,
                Stream.concat(Stream.of(x, ABSENT), Stream.of(scalesOrSizes)).toList(),
                attribute("mode", "nearest"),
                attribute("coordinate_transformation_mode", "asymmetric"),
                attribute("nearest_mode", "floor"));
    }

    @Override
    public OnnxValue attention(OnnxValue query, OnnxValue key, OnnxValue value, int heads, boolean causal) {
        if (operators == Operators.ONNX_RUNTIME) {
            return fusedAttention(query, key, value, heads, causal);
        }
        return attend(query, key, value, heads, causal ? futureMask(query) : null);
    }

    /** Emits attention as one operator, which never writes the scores to memory. */
    private OnnxValue fusedAttention(OnnxValue query, OnnxValue key, OnnxValue value, int heads, boolean causal) {
        return graph.runtimeNode(
                "MultiHeadAttention",
                floats,
                3,
                List.of(query, key, value),
                attribute("num_heads", heads),
                attribute("unidirectional", causal ? 1 : 0));
    }

    @Override
    public OnnxValue maskedAttention(OnnxValue query, OnnxValue key, OnnxValue value, int heads, OnnxValue mask) {
        OnnxValue everyHead = graph.node("Unsqueeze", 4, List.of(mask, graph.integers(1)));
        return attend(query, key, value, heads, everyHead);
    }

    private OnnxValue attend(OnnxValue query, OnnxValue key, OnnxValue value, int heads, OnnxValue mask) {
        if (query.width() < heads) {
            throw new IllegalArgumentException("Queries should come from a linear layer, so that their width is known");
        }
        int headWidth = Math.toIntExact(query.width() / heads);
        OnnxValue q = transpose(reshape(query, 0, 0, heads, headWidth), 0, 2, 1, 3); // [b, heads, n, d / heads]
        OnnxValue k = transpose(reshape(key, 0, 0, heads, headWidth), 0, 2, 3, 1); // [b, heads, d / heads, m]
        OnnxValue v = transpose(reshape(value, 0, 0, heads, headWidth), 0, 2, 1, 3);
        OnnxValue scores = matmul(binary("Div", q, scalar((float) Math.sqrt(headWidth))), k);
        if (mask != null) {
            scores = add(scores, mask);
        }
        OnnxValue mixed = matmul(softmax(scores), v);
        return reshape(transpose(mixed, 0, 2, 1, 3), 0, 0, query.width());
    }

    /** Returns the causal mask {@code [n, n]}: minus infinity above the diagonal, else 0. */
    private OnnxValue futureMask(OnnxValue x) {
        OnnxValue length = graph.shape(x, 1, 2);
        TensorProto minusInfinity =
                OnnxGraph.number(floats, Float.NEGATIVE_INFINITY).addDims(1).build();
        OnnxValue full = graph.node(
                "ConstantOfShape", 2, List.of(concatVectors(length, length)), attribute("value", minusInfinity));
        return graph.node("Trilu", 2, List.of(full, graph.integer(1)), attribute("upper", 1));
    }

    /** Reshapes a weight at once, so nothing constant is computed at run time. */
    @Override
    public OnnxValue reshape(OnnxValue x, long... shape) {
        TensorData weight = graph.weightOf(x);
        if (weight != null && Arrays.stream(shape).allMatch(extent -> extent > 0)) {
            return constant(weight.reshape(shape));
        }
        return graph.node("Reshape", shape.length, List.of(x, graph.integers(shape)));
    }

    @Override
    public OnnxValue reshapeLike(OnnxValue x, OnnxValue like) {
        return graph.node("Reshape", like.rank(), List.of(x, graph.shape(like, 0, like.rank())));
    }

    @Override
    public OnnxValue transpose(OnnxValue x, int... order) {
        return unary(
                "Transpose",
                x,
                attribute("perm", Arrays.stream(order).asLongStream().toArray()));
    }

    @Override
    public OnnxValue concat(int axis, List<OnnxValue> parts) {
        return graph.node("Concat", parts.get(0).rank(), parts, attribute("axis", axis));
    }

    /** Slices rows of a weight at once, so nothing constant is computed at run time. */
    @Override
    public OnnxValue slice(OnnxValue x, int axis, long start, long end) {
        if (axis == 0 && graph.weightOf(x) != null) {
            return constant(graph.weightOf(x).rows(start, end - start));
        }
        return graph.node(
                "Slice", x.rank(), List.of(x, graph.integers(start), graph.integers(end), graph.integers(axis)));
    }

    @Override
    public OnnxValue pad(OnnxValue x, int axis, long before, long after) {
        long[] pads = new long[2 * x.rank()];
        pads[axis] = before;
        pads[x.rank() + axis] = after;
        return graph.node("Pad", x.rank(), List.of(x, graph.integers(pads)));
    }

    @Override
    public OnnxValue gatherLast(OnnxValue x, int[] indices) {
        OnnxValue places = graph.integers(Arrays.stream(indices).asLongStream().toArray());
        return graph.node("Gather", x.rank(), List.of(x, places), attribute("axis", -1));
    }

    @Override
    public OnnxValue mean(OnnxValue x, int axis) {
        return graph.node("ReduceMean", x.rank(), List.of(x, graph.integers(axis)));
    }

    @Override
    public OnnxValue sum(OnnxValue x, int axis) {
        return graph.node("ReduceSum", x.rank(), List.of(x, graph.integers(axis)));
    }

    @Override
    public OnnxValue expandLike(OnnxValue x, OnnxValue like) {
        return graph.node("Expand", like.rank(), List.of(x, graph.shape(like, 0, like.rank())));
    }

    @Override
    public OnnxValue repeatRows(OnnxValue row, OnnxValue like) {
        long[] rest = new long[row.rank() - 1];
        Arrays.fill(rest, 1);
        OnnxValue target = concatVectors(graph.shape(like, 0, 1), graph.integers(rest));
        return graph.node("Expand", row.rank(), List.of(row, target)).withWidth(row.width());
    }

    /** Gathers by index: from a slice, tools cannot infer that it is not shorter than the table. */
    @Override
    public OnnxValue firstRows(OnnxValue table, OnnxValue like) {
        return graph.node("Gather", 2, List.of(table, numbers(graph.shape(like, 1, 2))));
    }

    @Override
    public OnnxValue rows(OnnxValue table, OnnxValue numbers) {
        return graph.node("Gather", 3, List.of(table, numbers), attribute("axis", 0));
    }

    /** Gathers by pairs of row and position: symbolic shape inference does not support GatherND's batch dimensions. */
    @Override
    public OnnxValue pick(OnnxValue x, OnnxValue positions) {
        OnnxValue row = graph.node("Unsqueeze", 2, List.of(numbers(graph.shape(x, 0, 1)), graph.integers(1)));
        OnnxValue rows = graph.node("Expand", 2, List.of(row, graph.shape(positions, 0, 2)));
        OnnxValue last = graph.integers(2);
        OnnxValue pairs = concat(
                2,
                List.of(
                        graph.node("Unsqueeze", 3, List.of(rows, last)),
                        graph.node("Unsqueeze", 3, List.of(positions, last))));
        return graph.node("GatherND", 3, List.of(x, pairs)).withWidth(x.width());
    }

    @Override
    public OnnxValue oneHot(OnnxValue positions, OnnxValue like) {
        OnnxValue zeroAndOne = constant(TensorData.of("zeroAndOne", new float[] {0, 1}, 2));
        return graph.node("OneHot", 3, List.of(positions, graph.shape(like, 1, 2), zeroAndOne));
    }

    @Override
    public OnnxValue largest(OnnxValue x, int count) {
        return graph.node("TopK", List.of(2, 2), List.of(x, graph.integers(count)))
                .get(1);
    }

    /** Returns {@code 0, 1, …} up to a limit given as a vector of one element. */
    private OnnxValue numbers(OnnxValue count) {
        OnnxValue end = graph.node("Squeeze", 0, List.of(count));
        return graph.node("Range", 1, List.of(graph.integer(0), end, graph.integer(1)));
    }

    private OnnxValue concatVectors(OnnxValue first, OnnxValue second) {
        return graph.node("Concat", 1, List.of(first, second), attribute("axis", 0));
    }
}
