package dev.clap4j.internal.io;

import dev.clap4j.internal.io.PickleValues.Dict;
import dev.clap4j.internal.io.PickleValues.Global;
import dev.clap4j.internal.io.PickleValues.Opaque;
import dev.clap4j.internal.io.PickleValues.ScriptObject;
import dev.clap4j.internal.io.PickleValues.Storage;
import dev.clap4j.internal.io.PickleValues.StoredTensor;
import dev.clap4j.internal.io.PickleValues.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The constructors of tensors and of the dictionaries around them. Any other name becomes an {@link Opaque} value:
 * PyTorch's devices and types, NumPy's numbers, a script's options. Nothing is ever executed.
 */
final class TorchConstructors implements Pickle.Constructors {
    /** The limit set by PyTorch. */
    private static final int MAX_DIMENSIONS = 64;

    private static final int MAX_COPIED = 1_000_000;

    /** TorchScript's typed lists and tagged values; each evaluates to its first argument. */
    private static final String TYPED_LISTS = "torch.jit._pickle";

    private static final Set<String> TYPED_LIST_NAMES =
            Set.of("build_intlist", "build_doublelist", "build_boollist", "build_tensorlist", "restore_type_tag");

    private final Map<String, DataType> storages = new HashMap<>();

    /** The number of entries copied so far: a pickle can request the same copy again and again in three bytes. */
    private int copied;

    @Override
    public Object call(Object callable, List<Object> arguments) {
        if (callable instanceof Opaque made) {
            return made;
        }
        if (!(callable instanceof Global global)) {
            throw new MalformedFile("its pickle calls something that cannot be called");
        }
        return switch (global.module() + "." + global.name()) {
            case "collections.OrderedDict" -> dict(arguments);
            case "collections.Counter" -> arguments.isEmpty() ? new Dict() : argument(global, arguments, Dict.class);
            case "collections.defaultdict" -> new Dict();
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(global, arguments);
            case "torch._utils._rebuild_tensor_v3" -> typedTensor(global, arguments);
            case "torch.Size",
                    "torch._utils._rebuild_parameter",
                    "torch._utils._rebuild_parameter_with_state",
                    "torch.nn.parameter.Parameter",
                    "torch._utils._rebuild_device_tensor_from_cpu_tensor" -> argument(global, arguments, Object.class);
            case "torch._tensor._rebuild_from_type_v2" -> rebuilt(global, arguments);
            default -> isTypedList(global) ? argument(global, arguments, Object.class) : new Opaque(global);
        };
    }

    private static <T> T argument(Global global, List<Object> arguments, Class<T> type) {
        if (arguments.isEmpty() || !type.isInstance(arguments.get(0))) {
            throw unfit(global);
        }
        return type.cast(arguments.get(0));
    }

    /** Creates an ordered dictionary; Python 2 passed its entries as an argument. */
    private Dict dict(List<Object> arguments) {
        Dict dict = new Dict();
        if (!arguments.isEmpty()) {
            List<Object> entries = items(arguments.get(0));
            copy(entries.size());
            for (Object entry : entries) {
                List<Object> pair = items(entry);
                if (pair.size() != 2) {
                    throw new MalformedFile("its pickle has a dictionary whose entries are not pairs");
                }
                dict.put(pair.get(0), pair.get(1));
            }
        }
        return dict;
    }

    private void copy(int entries) {
        copied += Math.min(entries, MAX_COPIED);
        if (copied > MAX_COPIED) {
            throw new MalformedFile("its pickle fills the same values into more than " + MAX_COPIED + " places");
        }
    }

    /** Arguments: {@code (storage, offset, shape, strides, …)}. */
    private static Object tensor(Global global, List<Object> arguments) {
        if (arguments.size() < 4) {
            throw unfit(global);
        }
        if (arguments.get(0) instanceof Opaque unknown) {
            return unknown;
        }
        if (!(arguments.get(0) instanceof Storage storage)) {
            throw new MalformedFile("its pickle has a tensor without a storage");
        }
        long[] shape = numbers(arguments.get(2));
        long[] strides = numbers(arguments.get(3));
        if (shape.length != strides.length) {
            throw new MalformedFile(
                    "its pickle has a tensor of " + shape.length + " dimensions with " + strides.length + " strides");
        }
        return new StoredTensor(storage, number(arguments.get(1)), shape, strides);
    }

    /** Arguments: {@code (storage of bytes, offset, shape, strides, requires_grad, hooks, type)}. */
    private static Object typedTensor(Global global, List<Object> arguments) {
        if (arguments.size() < 7) {
            throw unfit(global);
        }
        if (arguments.get(0) instanceof Opaque unknown) {
            return unknown;
        }
        if (!(arguments.get(0) instanceof Storage bytes)) {
            throw new MalformedFile("its pickle has a tensor without a storage");
        }
        Optional<DataType> type = TorchTypes.of(arguments.get(6));
        if (type.isEmpty()) {
            return new Opaque(arguments.get(6) instanceof Global unknown ? unknown : global);
        }
        List<Object> others = new ArrayList<>(arguments);
        others.set(
                0,
                new Storage(
                        type.get(),
                        bytes.key(),
                        0,
                        bytes.elements() / type.get().bytes()));
        return tensor(global, others);
    }

    /**
     * Arguments: {@code (function, class, arguments, state)}. A tensor with attributes, which are ignored, or of a
     * subclass.
     */
    private Object rebuilt(Global global, List<Object> arguments) {
        if (arguments.size() < 4
                || global.equals(arguments.get(0))
                || !(arguments.get(1) instanceof Global type)
                || !(arguments.get(2) instanceof Tuple inner)) {
            throw unfit(global);
        }
        boolean plain = type.equals(new Global("torch", "Tensor"))
                || type.equals(new Global("torch.nn.parameter", "Parameter"));
        return plain ? call(arguments.get(0), inner.items()) : new Opaque(type);
    }

    @Override
    public Object create(Object type, List<Object> arguments) {
        if (!(type instanceof Global global)) {
            return call(type, arguments);
        }
        if (isScriptClass(global) && arguments.isEmpty()) {
            return new ScriptObject(global, new Dict());
        }
        return switch (global.module() + "." + global.name()) {
            case "collections.OrderedDict", "collections.Counter", "collections.defaultdict" -> new Dict();
            case "torch.nn.parameter.Parameter" -> argument(global, arguments, Object.class);
            default -> new Opaque(global);
        };
    }

    /**
     * Keeps the state of scripted objects, which is their attributes. All other state is bookkeeping: the versions in a
     * state dict, or what a script attached to a tensor.
     */
    @Override
    public void setState(Object target, Object state) {
        if (target instanceof ScriptObject object && state instanceof Dict attributes) {
            copy(attributes.entries().size());
            attributes.entries().forEach(object.attributes()::put);
        } else if (!(target instanceof Dict
                || target instanceof Opaque
                || (target instanceof StoredTensor && state instanceof Dict))) {
            throw new MalformedFile("its pickle sets the state of an object without one");
        }
    }

    /**
     * Arguments: {@code ("storage", type, key, location, elements)}, in old files followed by {@code (view key, offset,
     * elements)} for a view of another storage; the location is the device from which it was saved. {@code ("module",
     * class, …)} is a class with its source.
     */
    @Override
    public Object persistent(Object id) {
        List<Object> parts = items(id);
        if (parts.size() > 1 && "module".equals(parts.get(0)) && parts.get(1) instanceof Global type) {
            return type;
        }
        if (parts.size() < 5
                || !"storage".equals(parts.get(0))
                || !(parts.get(1) instanceof Global type)
                || !(parts.get(2) instanceof String key)) {
            throw new MalformedFile("its pickle refers to something other than a storage");
        }
        Optional<DataType> elementType = TorchTypes.ofStorage(type);
        if (elementType.isEmpty()) {
            return new Opaque(type);
        }
        storages.put(key, elementType.get());
        long elements = number(parts.get(4));
        if (parts.size() > 5 && parts.get(5) instanceof Tuple view && view.array().length == 3) {
            return new Storage(elementType.get(), key, number(view.array()[1]), number(view.array()[2]));
        }
        return new Storage(elementType.get(), key, 0, elements);
    }

    /** Returns the types of the storages referred to, by key. */
    Map<String, DataType> storages() {
        return storages;
    }

    private static boolean isScriptClass(Global global) {
        return global.module().equals("__torch__") || global.module().startsWith("__torch__.");
    }

    private static boolean isTypedList(Global global) {
        return global.module().equals(TYPED_LISTS) && TYPED_LIST_NAMES.contains(global.name());
    }

    @SuppressWarnings("unchecked") // the pickle's lists hold any objects
    private static List<Object> items(Object value) {
        if (value instanceof Tuple tuple) {
            return tuple.items();
        }
        if (value instanceof List) {
            return (List<Object>) value;
        }
        throw new MalformedFile("its pickle has something else where a tuple is expected");
    }

    private static long[] numbers(Object value) {
        List<Object> numbers = items(value);
        if (numbers.size() > MAX_DIMENSIONS) {
            throw new MalformedFile("its pickle has a tensor of " + numbers.size() + " dimensions, at most "
                    + MAX_DIMENSIONS + " are possible");
        }
        return numbers.stream().mapToLong(TorchConstructors::number).toArray();
    }

    private static long number(Object value) {
        if (!(value instanceof Long number)) {
            throw new MalformedFile("its pickle has something else where a whole number is expected");
        }
        return number;
    }

    private static MalformedFile unfit(Global global) {
        return new MalformedFile("its pickle calls " + global + " with arguments that do not fit");
    }
}
