package dev.clap4j.internal.io;

import dev.clap4j.internal.io.PickleValues.Dict;
import dev.clap4j.internal.io.PickleValues.Global;
import dev.clap4j.internal.io.PickleValues.Opaque;
import dev.clap4j.internal.io.PickleValues.ScriptObject;
import dev.clap4j.internal.io.PickleValues.StoredTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the named tensors in the content of a PyTorch file, and makes strided ones contiguous. */
final class TorchTensors {
    /**
     * The keys under which training scripts store the state dict beside optimiser, epoch and the like; averaged weights
     * come last.
     */
    private static final List<String> WRAPPERS = List.of(
            "state_dict",
            "model_state_dict",
            "model",
            "module",
            "net",
            "network",
            "state_dict_ema",
            "model_state_dict_ema",
            "ema_state_dict",
            "model_ema",
            "ema_model",
            "ema");

    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 200_000;
    private static final int MAX_TENSORS = 50_000;
    private static final int MAX_NAME = 500;

    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private String taken = "";
    private int visited;

    private TorchTensors() {}

    /**
     * Finds the tensors.
     *
     * @param root a dictionary of tensors, a dictionary that holds one, or a scripted module
     * @throws MalformedFile if there are none, or they are in objects that only Python could make
     */
    static TorchTensors find(Object root) {
        TorchTensors found = new TorchTensors();
        if (!(root instanceof Global)) {
            found.collect("", found.unwrap(root), 0);
        }
        if (found.tensors.isEmpty() && (root instanceof Global || !found.unreadable.isEmpty())) {
            throw new MalformedFile("its pickle asks for "
                    + (root instanceof Global
                            ? root
                            : found.unreadable.values().iterator().next())
                    + ", which tensors do not need; nothing was run. If you trust the file, load it in Python and save"
                    + " only model.state_dict(), best as safetensors");
        }
        if (!isModule(root) && !(root instanceof Opaque)) {
            throw new MalformedFile("it holds no named tensors; save model.state_dict()");
        }
        return found;
    }

    /** Returns the tensors by dotted name. */
    Map<String, StoredTensor> tensors() {
        return tensors;
    }

    /** Returns values that only Python could make: their types, by dotted name. */
    Map<String, String> unreadable() {
        return unreadable;
    }

    /** Returns the key of the chosen dictionary if several hold tensors, else an empty string. */
    String taken() {
        return taken;
    }

    /** Returns the keys of the other dictionaries that hold tensors. */
    List<String> ignored() {
        return ignored;
    }

    private Object unwrap(Object root) {
        Object inner = root;
        for (int depth = 0; depth < MAX_DEPTH && inner instanceof Dict dict; depth++) {
            List<String> keys = WRAPPERS.stream()
                    .filter(key -> holdsTensors(dict.entries().get(key), 0))
                    .toList();
            if (keys.isEmpty()) {
                break;
            }
            if (keys.size() > 1) {
                taken = keys.get(0);
                ignored.addAll(keys.subList(1, keys.size()));
            }
            inner = dict.entries().get(keys.get(0));
        }
        return inner;
    }

    private boolean holdsTensors(Object value, int depth) {
        visit(depth);
        return value instanceof StoredTensor
                || value instanceof ScriptObject
                || (value instanceof Dict dict
                        && dict.entries().values().stream().anyMatch(part -> holdsTensors(part, depth + 1)));
    }

    private static boolean isModule(Object value) {
        return value instanceof Dict || value instanceof ScriptObject;
    }

    /** Visits nested values up to a limit: a pickle can share values and even form cycles. */
    private void visit(int depth) {
        if (depth > MAX_DEPTH || ++visited > MAX_VALUES) {
            throw new MalformedFile("its modules are nested too deep or in a circle");
        }
    }

    private void collect(String name, Object value, int depth) {
        visit(depth);
        if (value instanceof StoredTensor tensor) {
            if (tensors.size() == MAX_TENSORS) {
                throw new MalformedFile("it has more than " + MAX_TENSORS + " tensors");
            }
            tensors.put(name, tensor);
        } else if (value instanceof Opaque made) {
            unreadable.put(name, made.type().toString());
        } else if (value instanceof Dict dict) {
            collectAll(name, dict, depth);
        } else if (value instanceof ScriptObject object) {
            collectAll(name, object.attributes(), depth);
        }
    }

    private void collectAll(String name, Dict dict, int depth) {
        dict.entries().forEach((key, value) -> {
            if (!(key instanceof String || key instanceof Long)) {
                return;
            }
            String part = key.toString();
            if (name.length() + part.length() >= MAX_NAME) {
                throw new MalformedFile("it has a tensor whose name is longer than " + MAX_NAME + " characters");
            }
            collect(name.isEmpty() ? part : name + "." + part, value, depth + 1);
        });
    }

    /** Returns whether every element lies within the storage, and there are no more elements than in the storage. */
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

    /** Returns whether the elements are contiguous in row-major order. */
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

    /** Copies the elements in row-major order to off-heap memory. */
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
