package dev.clap4j.internal.io;

import dev.clap4j.internal.io.PickleValues.Global;
import java.util.Map;
import java.util.Optional;

/** PyTorch's names of element types. */
final class TorchTypes {
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

    private static final Map<String, DataType> TYPES = Map.of(
            "float64", DataType.F64,
            "float32", DataType.F32,
            "float16", DataType.F16,
            "bfloat16", DataType.BF16,
            "int64", DataType.I64,
            "int32", DataType.I32,
            "int16", DataType.I16,
            "int8", DataType.I8,
            "uint8", DataType.U8,
            "bool", DataType.BOOL);

    private TorchTypes() {}

    /**
     * Returns the element type of a storage class such as {@code torch.FloatStorage}; an untyped storage holds bytes.
     */
    static Optional<DataType> ofStorage(Global type) {
        if (!type.module().equals("torch") && !type.module().startsWith("torch.")) {
            return Optional.empty();
        }
        boolean untyped = type.name().equals("UntypedStorage") || type.name().equals("_UntypedStorage");
        return Optional.ofNullable(untyped ? DataType.U8 : STORAGES.get(type.name()));
    }

    /** Returns the element type of a name such as {@code torch.float16}. */
    static Optional<DataType> of(Object type) {
        return type instanceof Global global && global.module().equals("torch")
                ? Optional.ofNullable(TYPES.get(global.name()))
                : Optional.empty();
    }
}
