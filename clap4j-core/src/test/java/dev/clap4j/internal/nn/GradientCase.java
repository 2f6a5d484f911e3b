package dev.clap4j.internal.nn;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.Tape.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A use of an operation, whose result is weighted by random numbers and summed.
 *
 * @param name of the operation
 * @param operation the operation, on variables and then on whole numbers
 * @param variables the values at which gradients are taken
 * @param numbers whole numbers that the operation takes as well
 */
public record GradientCase(String name, Operation operation, List<TensorData> variables, List<TensorData> numbers) {
    /** An operation of any interpreter. */
    public interface Operation {
        /** Applies the operation. */
        Object apply(TensorOps<Object> ops, List<Object> x);
    }

    private static GradientCase of(String name, Operation operation, long[]... shapes) {
        Random random = new Random(name.hashCode());
        List<TensorData> variables =
                Arrays.stream(shapes).map(shape -> random(random, shape)).toList();
        return new GradientCase(name, operation, variables, List.of());
    }

    private GradientCase with(TensorData... whole) {
        return new GradientCase(name, operation, variables, List.of(whole));
    }

    /** With variables above 0.5. */
    private GradientCase positive() {
        List<TensorData> moved = variables.stream()
                .map(x -> {
                    float[] values = x.toFloats();
                    for (int i = 0; i < values.length; i++) {
                        values[i] = 0.5f + Math.abs(values[i]);
                    }
                    return TensorData.of(x.name(), values, x.shape());
                })
                .toList();
        return new GradientCase(name, operation, moved, numbers);
    }

    private static TensorData random(Random random, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            // Never so near 0 that a small step crosses the edge of a ReLU.
            values[i] = (float) random.nextGaussian();
            values[i] += Math.signum(values[i]) * 0.05f;
        }
        return TensorData.of("x", values, shape);
    }

    private static long[] shape(long... extents) {
        return extents;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Returns a case of each operation, or of each kind of operands. */
    public static Stream<GradientCase> all() {
        long[] map = shape(2, 4, 5, 6);
        TensorData positions = TensorData.of("positions", new long[] {2, 0, 1, 1}, 2, 2);
        TensorData kernels = random(new Random(1), 6, 4, 3, 3);
        TensorData ofGroups = random(new Random(2), 8, 2, 3, 3);
        TensorData ofTwo = random(new Random(3), 6, 4, 2, 2);
        TensorData single = random(new Random(4), 6, 4, 1, 1);
        TensorData variance = TensorData.of("variance", new float[] {0.5f, 1, 2, 0.1f}, 4);
        TensorData mean = TensorData.of("mean", new float[] {0.5f, -1, 2, 0.1f}, 4);
        return Stream.of(
                of("add", (ops, x) -> ops.add(x.get(0), x.get(1)), shape(2, 3), shape(2, 3)),
                of("add row", (ops, x) -> ops.add(x.get(0), x.get(1)), shape(2, 2, 3), shape(3)),
                of("add twice", (ops, x) -> ops.add(x.get(0), x.get(0)), shape(2, 3)),
                of("subtract", (ops, x) -> ops.subtract(x.get(0), x.get(1)), shape(2, 1, 3), shape(2, 3)),
                of("multiply", (ops, x) -> ops.multiply(x.get(0), x.get(1)), shape(2, 3, 2), shape(2, 1, 2)),
                of("divide", (ops, x) -> ops.divide(x.get(0), x.get(1)), shape(2, 3), shape(2, 1))
                        .positive(),
                of("scale", (ops, x) -> ops.scale(x.get(0), -1.5f), shape(2, 3)),
                of("sigmoid", (ops, x) -> ops.sigmoid(x.get(0)), shape(3, 4)),
                of("swish", (ops, x) -> ops.swish(x.get(0), 1.702f), shape(3, 4)),
                of("silu", (ops, x) -> ops.swish(x.get(0), 1), shape(3, 4)),
                of("exp", (ops, x) -> ops.exp(x.get(0)), shape(3, 4)),
                of("erf", (ops, x) -> ops.erf(x.get(0)), shape(3, 4)),
                of("inverseRoot", (ops, x) -> ops.inverseRoot(x.get(0)), shape(3, 4))
                        .positive(),
                of("sign", (ops, x) -> ops.multiply(x.get(0), ops.sign(x.get(0))), shape(3, 4)),
                of("relu", (ops, x) -> ops.relu(x.get(0)), shape(3, 4)),
                of("leakyRelu", (ops, x) -> ops.leakyRelu(x.get(0), 0.1f), shape(3, 4)),
                of("gelu", (ops, x) -> ops.gelu(x.get(0)), shape(3, 4)),
                of("geluTanh", (ops, x) -> ops.geluTanh(x.get(0)), shape(3, 4)),
                of("softmax", (ops, x) -> ops.softmax(x.get(0)), shape(3, 4)),
                of("logSoftmax", (ops, x) -> ops.logSoftmax(x.get(0)), shape(3, 4)),
                of("matmul", (ops, x) -> ops.matmul(x.get(0), x.get(1)), shape(2, 3, 4), shape(4, 2)),
                of("matmul of batches", (ops, x) -> ops.matmul(x.get(0), x.get(1)), shape(2, 3, 4), shape(2, 4, 2)),
                of(
                        "linear",
                        (ops, x) -> ops.linear(x.get(0), x.get(1), x.get(2)),
                        shape(2, 3, 4),
                        shape(5, 4),
                        shape(5)),
                of("linear of rows", (ops, x) -> ops.linear(x.get(0), x.get(1), null), shape(3, 4), shape(5, 4)),
                of(
                        "linears",
                        (ops, x) -> {
                            List<Object> two = ops.linears(x.get(0), x.get(1), x.get(2), 2, 3);
                            return ops.multiply(two.get(0), two.get(1));
                        },
                        shape(2, 3, 4),
                        shape(6, 4),
                        shape(6)),
                of(
                        "layerNorm",
                        (ops, x) -> ops.layerNorm(x.get(0), x.get(1), x.get(2), 1e-3f),
                        shape(2, 3, 5),
                        shape(5),
                        shape(5)),
                of(
                        "groupNorm",
                        (ops, x) -> ops.groupNorm(x.get(0), x.get(1), x.get(2), 2, 1e-3f),
                        map,
                        shape(4),
                        shape(4)),
                of(
                        "batchNorm",
                        (ops, x) -> ops.batchNorm(
                                x.get(0), x.get(1), x.get(2), ops.constant(mean), ops.constant(variance), 1e-3f),
                        map,
                        shape(4),
                        shape(4)),
                of("conv2d", (ops, x) -> ops.conv2d(x.get(0), ops.constant(kernels), x.get(1), 1, 1, 1), map, shape(6)),
                of("conv2d of groups", (ops, x) -> ops.conv2d(x.get(0), ops.constant(ofGroups), null, 1, 1, 2), map),
                of("conv2d with stride", (ops, x) -> ops.conv2d(x.get(0), ops.constant(kernels), 2, 1), map),
                of("conv2d of patches", (ops, x) -> ops.conv2d(x.get(0), ops.constant(ofTwo), 2, 0), map),
                of("conv2d of pixels", (ops, x) -> ops.conv2d(x.get(0), ops.constant(single), 1, 0), map),
                of(
                        "conv2dInput",
                        (ops, x) -> ops.conv2dInput(x.get(0), ops.constant(kernels), 2, 1, 1, 4, 5),
                        shape(2, 6, 2, 3)),
                of("averagePool2d", (ops, x) -> ops.averagePool2d(x.get(0), 2), shape(2, 2, 4, 6)),
                of("averagePool2d with rest", (ops, x) -> ops.averagePool2d(x.get(0), 2), map),
                of("averagePool2d with overlap", (ops, x) -> ops.averagePool2d(x.get(0), 3, 2, 1), map),
                of("upsample2d", (ops, x) -> ops.upsample2d(x.get(0), 3), shape(2, 2, 2, 3)),
                of(
                        "upsampleLike",
                        (ops, x) -> ops.upsampleLike(x.get(0), ops.pad(ops.pad(x.get(0), 2, 0, 4), 3, 0, 4)),
                        shape(2, 2, 3, 4)),
                of(
                        "attention",
                        (ops, x) ->
                                ops.attention(wide(ops, x.get(0)), wide(ops, x.get(1)), wide(ops, x.get(2)), 2, false),
                        shape(2, 2, 4),
                        shape(2, 3, 4),
                        shape(2, 3, 4)),
                of(
                        "causal attention",
                        (ops, x) ->
                                ops.attention(wide(ops, x.get(0)), wide(ops, x.get(1)), wide(ops, x.get(2)), 2, true),
                        shape(2, 3, 4),
                        shape(2, 3, 4),
                        shape(2, 3, 4)),
                of(
                        "maskedAttention",
                        (ops, x) -> ops.maskedAttention(
                                wide(ops, x.get(0)),
                                wide(ops, x.get(1)),
                                wide(ops, x.get(2)),
                                2,
                                ops.constant(TensorData.of(
                                        "mask",
                                        new float[] {0, 0, Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY, 0},
                                        2,
                                        1,
                                        3))),
                        shape(2, 2, 4),
                        shape(2, 3, 4),
                        shape(2, 3, 4)),
                of("reshape", (ops, x) -> ops.multiply(ops.reshape(x.get(0), 0, -1), x.get(1)), map, shape(2, 120)),
                of(
                        "reshapeLike",
                        (ops, x) -> ops.multiply(ops.reshapeLike(x.get(0), x.get(1)), x.get(1)),
                        shape(2, 3, 4),
                        shape(2, 6, 2)),
                of(
                        "transpose",
                        (ops, x) -> ops.multiply(ops.transpose(x.get(0), 0, 3, 1, 2), x.get(1)),
                        map,
                        shape(2, 6, 4, 5)),
                of(
                        "concat",
                        (ops, x) -> ops.concat(1, List.of(x.get(0), x.get(1), x.get(0))),
                        shape(2, 3, 2),
                        shape(2, 1, 2)),
                of("slice", (ops, x) -> ops.slice(x.get(0), 1, 1, 3), shape(2, 4, 2)),
                of("pad", (ops, x) -> ops.pad(x.get(0), 1, 1, 2), shape(2, 2, 2)),
                of("gatherLast", (ops, x) -> ops.gatherLast(x.get(0), new int[] {1, 1, 3}), shape(2, 4)),
                of("gatherLast of all", (ops, x) -> ops.gatherLast(x.get(0), new int[] {1, 2, 0}), shape(2, 3)),
                of("mean", (ops, x) -> ops.mean(x.get(0), 1), shape(2, 3, 2)),
                of("sum", (ops, x) -> ops.sum(x.get(0), 2), shape(2, 3, 2)),
                of("expandLike", (ops, x) -> ops.expandLike(x.get(0), x.get(1)), shape(2, 1, 3), shape(2, 4, 3)),
                of("repeatRows", (ops, x) -> ops.repeatRows(x.get(1), x.get(0)), shape(3, 2), shape(1, 2, 2)),
                of(
                        "firstRows",
                        (ops, x) -> ops.add(x.get(0), ops.firstRows(x.get(1), x.get(0))),
                        shape(2, 3, 2),
                        shape(5, 2)),
                of("rows", (ops, x) -> ops.add(ops.rows(x.get(1), x.get(2)), x.get(0)), shape(2, 2, 3), shape(4, 3))
                        .with(positions),
                of("pick", (ops, x) -> ops.pick(x.get(0), x.get(1)), shape(2, 3, 2))
                        .with(positions),
                of("oneHot", (ops, x) -> ops.matmul(ops.oneHot(x.get(1), x.get(0)), x.get(0)), shape(2, 3, 2))
                        .with(positions),
                of(
                        "largest",
                        (ops, x) -> ops.pick(ops.reshape(x.get(0), 0, -1, 1), ops.largest(x.get(0), 3)),
                        shape(2, 5)));
    }

    /** Queries, keys and values come from linear layers, so that all interpreters know their width. */
    private static Object wide(TensorOps<Object> ops, Object x) {
        float[] identity = new float[16];
        for (int i = 0; i < 4; i++) {
            identity[5 * i] = 1;
        }
        return ops.linear(x, ops.constant(TensorData.of("identity", identity, 4, 4)), null);
    }

    /** The weighted sum, and its gradients with respect to all variables. */
    public record Slopes(double value, List<float[]> gradients) {}

    /** Returns a function that computes {@link Slopes} on an engine; its parts are closed with the network. */
    public Slopes slopes(CompiledNetwork network, List<TensorData> at) {
        List<TensorData> inputs = new ArrayList<>(at);
        inputs.addAll(numbers);
        inputs.add(weights());
        float[] all = network.run(inputs.toArray(TensorData[]::new)).toFloats();
        List<float[]> gradients = new ArrayList<>();
        int start = 1;
        for (TensorData variable : variables) {
            int end = start + (int) variable.elements();
            gradients.add(Arrays.copyOfRange(all, start, end));
            start = end;
        }
        return new Slopes(all[0], gradients);
    }

    /** Compiles the weighted sum and its gradients. */
    public CompiledNetwork compile(Engine engine) {
        List<Input> inputs = new ArrayList<>();
        Stream.of(variables, numbers, List.of(weights()))
                .flatMap(List::stream)
                .forEach(each -> inputs.add(new Input("input" + inputs.size(), each.type(), each.shape())));
        return engine.compile(new Gradients(), inputs, TensorSource.of(Map.of(), "nothing"));
    }

    private TensorData weights() {
        List<Object> shapes = Stream.of(variables, numbers)
                .flatMap(List::stream)
                .map(each -> (Object) each.shape())
                .toList();
        long[] shape = (long[]) operation.apply(any(new MatrixWork()), shapes);
        return random(new Random(7), shape);
    }

    @SuppressWarnings("unchecked")
    private static TensorOps<Object> any(TensorOps<?> ops) {
        return (TensorOps<Object>) ops;
    }

    private final class Gradients implements Forward {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T apply(TensorOps<T> ops, Weights<T> none, List<T> inputs) {
            Tape<T> tape = new Tape<>(ops);
            GradientOps<T> gradients = new GradientOps<>(tape);
            List<Value<T>> all = new ArrayList<>();
            List<Value<T>> varying = new ArrayList<>();
            for (TensorData variable : variables) {
                long[] shape = variable.shape();
                // Batches are of any size.
                shape[0] = shape.length > 1 && variables.get(0).shape()[0] == shape[0] ? -1 : shape[0];
                varying.add(tape.variable(inputs.get(all.size()), shape));
                all.add(varying.get(varying.size() - 1));
            }
            for (TensorData number : numbers) {
                all.add(tape.constant(inputs.get(all.size()), number.shape()));
            }
            Value<T> y = (Value<T>) operation.apply(any(gradients), (List<Object>) (List<?>) all);
            Value<T> weights = tape.constant(inputs.get(all.size()), weights().shape());
            Value<T> sum = gradients.sum(gradients.reshape(gradients.multiply(y, weights), -1), 0);
            List<T> parts = new ArrayList<>();
            parts.add(sum.tensor());
            tape.gradients(sum, varying).forEach(gradient -> parts.add(ops.reshape(gradient, -1)));
            return ops.concat(0, parts);
        }
    }
}
