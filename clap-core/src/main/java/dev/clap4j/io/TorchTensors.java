package dev.clap4j.io;

import dev.clap4j.io.PickleValues.Dict;
import dev.clap4j.io.PickleValues.ScriptObject;
import dev.clap4j.io.PickleValues.StoredTensor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the named tensors among what a PyTorch file holds, and puts strided ones in order. */
final class TorchTensors {
    /** Where training scripts put the state dict among optimiser, epoch and the like. */
    private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model");

    /** What {@code DataParallel} puts before every name. */
    private static final String PARALLEL_PREFIX = "module.";

    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 1_000_000;

    private final Map<String, StoredTensor> found = new LinkedHashMap<>();
    private int visited;

    private TorchTensors() {}

    /**
     * The tensors by dotted name.
     *
     * @param root a dictionary of tensors, a dictionary that holds one, or a scripted module
     */
    static Map<String, StoredTensor> find(Object root) {
        if (!(root instanceof Dict || root instanceof ScriptObject)) {
            throw new MalformedFile("it holds no named tensors; save model.state_dict()");
        }
        TorchTensors tensors = new TorchTensors();
        tensors.collect("", unwrap(root), 0);
        return withoutParallelPrefix(tensors.found);
    }

    private static Object unwrap(Object root) {
        if (root instanceof Dict dict) {
            Map<Object, Object> entries = dict.entries();
            for (String wrapper : WRAPPERS) {
                if (entries.get(wrapper) instanceof Dict) {
                    return entries.get(wrapper);
                }
            }
        }
        return root;
    }

    private void collect(String name, Object value, int depth) {
        // A pickle can share and even loop its values: following them all could take for ever.
        if (depth > MAX_DEPTH || ++visited > MAX_VALUES) {
            throw new MalformedFile("its modules are nested too deep or in a circle");
        }
        if (value instanceof StoredTensor tensor) {
            found.put(name, tensor);
        } else if (value instanceof Dict dict) {
            collectAll(name, dict, depth);
        } else if (value instanceof ScriptObject object) {
            collectAll(name, object.attributes(), depth);
        }
    }

    private void collectAll(String name, Dict dict, int depth) {
        dict.entries().forEach((key, value) -> collect(name.isEmpty() ? "" + key : name + "." + key, value, depth + 1));
    }

    private static Map<String, StoredTensor> withoutParallelPrefix(Map<String, StoredTensor> tensors) {
        if (!tensors.keySet().stream().allMatch(name -> name.startsWith(PARALLEL_PREFIX))) {
            return tensors;
        }
        Map<String, StoredTensor> renamed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> renamed.put(name.substring(PARALLEL_PREFIX.length()), tensor));
        return renamed;
    }

    /** Whether every element lies within the storage, and there are no more elements than the storage has. */
    static boolean isWithinStorage(StoredTensor tensor) {
        long available = tensor.storage().elements();
        long elements = 1;
        for (long extent : tensor.shape()) {
            if (extent < 0 || (extent > 0 && elements > available / extent)) {
                return false;
            }
            elements *= extent;
        }
        if (tensor.offset() < 0 || tensor.offset() > available) {
            return false;
        }
        if (elements == 0) {
            return true;
        }
        long last = tensor.offset();
        for (int i = 0; i < tensor.shape().length; i++) {
            long steps = tensor.shape()[i] - 1;
            long stride = tensor.strides()[i];
            if (stride < 0 || (steps > 0 && stride > (available - last) / steps)) {
                return false;
            }
            last += steps * stride;
        }
        return last < available;
    }

    /** Whether the elements lie one after the other, in row-major order. */
    static boolean isContiguous(StoredTensor tensor) {
        long expected = 1;
        for (int i = tensor.shape().length - 1; i >= 0; i--) {
            if (tensor.shape()[i] != 1 && tensor.strides()[i] != expected) {
                return tensor.shape()[i] == 0;
            }
            expected *= tensor.shape()[i];
        }
        return true;
    }

    /** The elements in row-major order, outside the heap. */
    static ByteBuffer copyInOrder(StoredTensor tensor, ByteBuffer storage) {
        int size = tensor.storage().type().bytes();
        long[] shape = tensor.shape();
        long elements = 1;
        for (long extent : shape) {
            elements *= extent;
        }
        ByteBuffer target = TensorData.allocate(elements * size);
        long[] index = new long[shape.length];
        long from = tensor.offset();
        for (long i = 0; i < elements; i++) {
            target.put((int) (i * size), storage, (int) (from * size), size);
            for (int d = shape.length - 1; d >= 0; d--) {
                from += tensor.strides()[d];
                if (++index[d] < shape[d]) {
                    break;
                }
                from -= shape[d] * tensor.strides()[d];
                index[d] = 0;
            }
        }
        return target;
    }
}
