package dev.clap4j.internal.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes pickles operation by operation: those that PyTorch writes, and those that nobody should. */
public final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Begins a pickle of protocol 2. */
    public PickleWriter() {
        op(0x80, 2);
    }

    /** Bytes as they are: an opcode and what belongs to it. */
    public PickleWriter op(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
        return this;
    }

    /** An opcode followed by a 32-bit number. */
    public PickleWriter op32(char opcode, int value) {
        op(opcode);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    public PickleWriter global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public PickleWriter text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        op32('X', bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    public PickleWriter integer(long value) {
        return op32('J', Math.toIntExact(value));
    }

    public PickleWriter mark() {
        return op('(');
    }

    public PickleWriter tuple() {
        return op('t');
    }

    public PickleWriter emptyTuple() {
        return op(')');
    }

    public PickleWriter reduce() {
        return op('R');
    }

    public PickleWriter emptyDict() {
        return op('}');
    }

    public PickleWriter setItems() {
        return op('u');
    }

    public PickleWriter integers(long... values) {
        mark();
        for (long value : values) {
            integer(value);
        }
        return tuple();
    }

    /** A tensor as PyTorch writes it, in the storage of that key. */
    public PickleWriter tensor(
            String storageType, String key, long elements, long offset, long[] shape, long[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").mark();
        mark().text("storage")
                .global("torch", storageType)
                .text(key)
                .text("cuda:0")
                .integer(elements);
        tuple().op('Q').integer(offset).integers(shape).integers(strides).op(0x89);
        return global("collections", "OrderedDict")
                .emptyTuple()
                .reduce()
                .tuple()
                .reduce();
    }

    /** A tensor whose elements lie in order, in a storage of its own. */
    public PickleWriter tensor(String key, TensorData tensor) {
        long[] strides = tensor.shape();
        long stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= tensor.shape()[i];
        }
        return tensor(storage(tensor.type()), key, tensor.elements(), 0, tensor.shape(), strides);
    }

    /** A state dict whose storages are numbered in order. */
    public PickleWriter stateDict(List<TensorData> tensors) {
        global("collections", "OrderedDict").emptyTuple().reduce().mark();
        for (int i = 0; i < tensors.size(); i++) {
            text(tensors.get(i).name()).tensor("" + i, tensors.get(i));
        }
        return setItems();
    }

    private static String storage(DataType type) {
        return switch (type) {
            case F32 -> "FloatStorage";
            case F16 -> "HalfStorage";
            case I64 -> "LongStorage";
            default -> throw new IllegalArgumentException("" + type);
        };
    }

    /** The finished pickle. */
    public byte[] stop() {
        return op('.').out.toByteArray();
    }
}
