package dev.clap4j.internal.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Records how tensors were computed from variables, and computes gradients by reverse accumulation: from the result back
 * to the variables, each vector-Jacobian product maps the gradient of a value to that of one of its operands.
 *
 * <p>Products are emitted only on the paths from variables to the result. They read the operands of the forward pass, so
 * weights exist once.
 *
 * @param <T> a tensor of the interpreter that computes both the forward pass and the gradients
 */
public final class Tape<T> {
    private final TensorOps<T> ops;
    private int values;

    /** Creates an empty tape. */
    public Tape(TensorOps<T> ops) {
        this.ops = ops;
    }

    /**
     * A tensor and how it was computed.
     *
     * @param <T> a tensor of the interpreter
     */
    public static final class Value<T> {
        final T tensor;
        final long[] shape;
        final boolean varies;
        private final int number;
        private final List<Path<T>> paths;

        private Value(T tensor, long[] shape, int number, boolean varies, List<Path<T>> paths) {
            this.tensor = tensor;
            this.shape = shape;
            this.number = number;
            this.varies = varies;
            this.paths = paths;
        }

        /** Returns the tensor of the interpreter. */
        public T tensor() {
            return tensor;
        }

        /** Returns the extents, -1 for one that is not known. */
        public long[] shape() {
            return shape.clone();
        }

        /** Returns the path to this operand: the product maps the gradient of a result to its own. */
        Path<T> path(UnaryOperator<T> product) {
            return new Path<>(this, product);
        }
    }

    /** The way back from a value to an operand. */
    record Path<T>(Value<T> operand, UnaryOperator<T> product) {}

    TensorOps<T> ops() {
        return ops;
    }

    /**
     * Returns a variable: gradients can be asked for with respect to it.
     *
     * @param shape -1 for an extent that is not known
     */
    public Value<T> variable(T tensor, long... shape) {
        return new Value<>(tensor, shape, values++, true, List.of());
    }

    /** As {@link #variable}, but without gradients. */
    public Value<T> constant(T tensor, long... shape) {
        return new Value<>(tensor, shape, values++, false, List.of());
    }

    /** Returns an operand that may be left out, null: it becomes a constant without a tensor. */
    Value<T> optional(Value<T> operand) {
        return operand == null ? constant(null) : operand;
    }

    /** As {@link Value#path}, but sums over the dimensions along which broadcasting repeated the operand. */
    Path<T> broadcast(Value<T> operand, long[] to, UnaryOperator<T> product) {
        return operand.path(gradient -> summed(product.apply(gradient), to, operand.shape));
    }

    private T summed(T gradient, long[] from, long[] to) {
        T sum = gradient;
        int added = from.length - to.length;
        for (int axis = 0; axis < from.length; axis++) {
            if (from[axis] != 1 && (axis < added || to[axis - added] == 1)) {
                sum = ops.sum(sum, axis);
            }
        }
        return added == 0 ? sum : ops.reshape(sum, to);
    }

    /** Records the result of an operation. */
    @SafeVarargs
    final Value<T> result(T tensor, long[] shape, Path<T>... paths) {
        List<Path<T>> all = new ArrayList<>();
        for (Path<T> path : paths) {
            all.add(path);
        }
        return result(tensor, shape, all);
    }

    /** Records the result of an operation on any number of operands. */
    Value<T> result(T tensor, long[] shape, List<Path<T>> paths) {
        List<Path<T>> varying =
                paths.stream().filter(path -> path.operand.varies).toList();
        return new Value<>(tensor, shape, values++, !varying.isEmpty(), varying);
    }

    /**
     * Returns the gradients of the sum of a result's elements.
     *
     * @return for each variable a tensor of its shape
     */
    public List<T> gradients(Value<T> result, List<Value<T>> variables) {
        Map<Value<T>, T> gradients = new HashMap<>();
        // A value is recorded after its operands, so in descending order its gradient is complete when it is passed on.
        NavigableMap<Integer, Value<T>> open = new TreeMap<>();
        gradients.put(result, ops.expandLike(ops.number(1), result.tensor));
        open.put(result.number, result);
        while (!open.isEmpty()) {
            Value<T> value = open.pollLastEntry().getValue();
            for (Path<T> path : value.paths) {
                gradients.merge(path.operand, path.product.apply(gradients.get(value)), ops::add);
                open.put(path.operand.number, path.operand);
            }
        }
        return variables.stream()
                .map(variable -> gradients.computeIfAbsent(variable, any -> ops.scale(variable.tensor, 0)))
                .toList();
    }
}
