package dev.clap4j.io;

import dev.clap4j.io.PickleValues.Dict;
import dev.clap4j.io.PickleValues.Global;
import dev.clap4j.io.PickleValues.ScriptObject;
import dev.clap4j.io.PickleValues.Storage;
import dev.clap4j.io.PickleValues.StoredTensor;
import dev.clap4j.io.PickleValues.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names that PyTorch's own files of tensors ask for. Every other is refused; none is ever run. */
final class TorchConstructors implements Pickle.Constructors {
    private static final Global ORDERED_DICT = new Global("collections", "OrderedDict");
    private static final Global SIZE = new Global("torch", "Size");
    private static final Global TENSOR = new Global("torch._utils", "_rebuild_tensor");
    private static final Global TENSOR_V2 = new Global("torch._utils", "_rebuild_tensor_v2");
    private static final Global PARAMETER = new Global("torch._utils", "_rebuild_parameter");
    private static final Set<Global> CALLABLE = Set.of(ORDERED_DICT, SIZE, TENSOR, TENSOR_V2, PARAMETER);

    /** TorchScript's typed lists and tagged values: each stands for its first argument. */
    private static final String TYPED_LISTS = "torch.jit._pickle";

    private static final Set<String> TYPED_LIST_NAMES =
            Set.of("build_intlist", "build_doublelist", "build_boollist", "build_tensorlist", "restore_type_tag");

    private static final Map<String, DataType> STORAGES = Map.of(
            "DoubleStorage", DataType.F64,
            "FloatStorage", DataType.F32,
            "HalfStorage", DataType.F16,
            "BFloat16Storage", DataType.BF16,
            "LongStorage", DataType.I64,
            "IntStorage", DataType.I32,
            "ShortStorage", DataType.I16,
            "CharStorage", DataType.I8,
            "ByteStorage", DataType.U8,
            "BoolStorage", DataType.BOOL);

    @Override
    public Object global(Global global) {
        boolean known = CALLABLE.contains(global)
                || (global.module().equals("torch") && STORAGES.containsKey(global.name()))
                || isScriptClass(global)
                || isTypedList(global);
        if (!known) {
            throw new MalformedFile("its pickle asks for " + printable(global)
                    + ", which tensors do not need; nothing was run. If you trust the file, load it in Python and save"
                    + " only model.state_dict(), best as safetensors");
        }
        return global;
    }

    @Override
    public Object call(Object callable, List<Object> arguments) {
        if (ORDERED_DICT.equals(callable) && arguments.isEmpty()) {
            return new Dict();
        }
        if (SIZE.equals(callable) && arguments.size() == 1) {
            return new Tuple(items(arguments.get(0)));
        }
        if (callable instanceof Global global && isTypedList(global) && !arguments.isEmpty()) {
            return arguments.get(0);
        }
        if (PARAMETER.equals(callable) && !arguments.isEmpty() && arguments.get(0) instanceof StoredTensor) {
            return arguments.get(0);
        }
        if ((TENSOR.equals(callable) || TENSOR_V2.equals(callable)) && arguments.size() >= 4) {
            return tensor(arguments);
        }
        throw new MalformedFile("its pickle calls " + describe(callable) + " with arguments that do not fit");
    }

    private static StoredTensor tensor(List<Object> arguments) {
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

    @Override
    public Object create(Object type, List<Object> arguments) {
        if (type instanceof Global global && isScriptClass(global) && arguments.isEmpty()) {
            return new ScriptObject(global, new Dict());
        }
        if (ORDERED_DICT.equals(type) && arguments.isEmpty()) {
            return new Dict();
        }
        throw new MalformedFile("its pickle makes an object of " + describe(type) + ", which tensors do not need");
    }

    /** A state dict's state is bookkeeping of versions; a scripted object's are its attributes. */
    @Override
    public void setState(Object target, Object state) {
        if (target instanceof ScriptObject object && state instanceof Dict attributes) {
            attributes.entries().forEach(object.attributes()::put);
        } else if (!(target instanceof Dict)) {
            throw new MalformedFile("its pickle sets the state of what has none");
        }
    }

    /** {@code ("storage", type, key, location, elements)}; the location is where it lay when it was saved. */
    @Override
    public Object persistent(Object id) {
        List<Object> parts = items(id);
        if (parts.size() < 5
                || !"storage".equals(parts.get(0))
                || !(parts.get(1) instanceof Global type)
                || !(parts.get(2) instanceof String key)) {
            throw new MalformedFile("its pickle refers to something that is no storage");
        }
        DataType elementType = STORAGES.get(type.name());
        if (elementType == null) {
            throw new MalformedFile("its pickle has a storage of type " + describe(type));
        }
        return new Storage(elementType, key, number(parts.get(4)));
    }

    private static boolean isScriptClass(Global global) {
        return global.module().equals("__torch__") || global.module().startsWith("__torch__.");
    }

    private static boolean isTypedList(Global global) {
        return global.module().equals(TYPED_LISTS) && TYPED_LIST_NAMES.contains(global.name());
    }

    @SuppressWarnings("unchecked") // the pickle's lists hold objects of any kind
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
        return items(value).stream().mapToLong(TorchConstructors::number).toArray();
    }

    private static long number(Object value) {
        if (!(value instanceof Long number)) {
            throw new MalformedFile("its pickle has something else where a whole number is expected");
        }
        return number;
    }

    private static String describe(Object value) {
        return value instanceof Global global ? printable(global) : "something that cannot be called";
    }

    /** The name as it can be shown on a terminal: without control characters, and not endless. */
    private static String printable(Global global) {
        String name = global.toString().replaceAll("\\p{Cntrl}", "?");
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
