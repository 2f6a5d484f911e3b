package dev.clap4j.fuzz.target;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pickles of dictionaries of tensors as written by {@code torch.save}, operation by operation. */
final class StateDict {
    /** The signature of PyTorch's legacy files. */
    private static final byte[] MAGIC = {
        0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
    };

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private StateDict() {
        begin();
    }

    /** Pickles a dictionary of tensors, whose storages are numbered in order. */
    static byte[] of(List<TensorData> tensors) {
        return new StateDict().ordered(tensors).op('.').bytes();
    }

    /** Pickles a training checkpoint with such a dictionary. */
    static byte[] inCheckpoint(List<TensorData> tensors) {
        StateDict pickle = new StateDict().op('}').op('(');
        pickle.text("epoch").number(3).text("args").op('}').text("best").op('N');
        return pickle.text("state_dict").ordered(tensors).op('u').op('.').bytes();
    }

    /** Pickles a transposed view and a scalar, both of the first storage, which has six numbers. */
    static byte[] ofViews() {
        StateDict pickle = new StateDict().op('}').op('(');
        pickle.text("t").tensor(DataType.F32, 0, 6, 0, new long[] {3, 2}, new long[] {1, 3});
        return pickle.text("s")
                .tensor(DataType.F32, 0, 6, 2, new long[0], new long[0])
                .op('u')
                .op('.')
                .bytes();
    }

    /** Returns a whole file in the legacy format: five pickles, then the storages. */
    static byte[] legacy(List<TensorData> tensors) {
        StateDict file = new StateDict();
        file.op(0x8a).op(MAGIC.length).raw(MAGIC).op('.').begin().number(1001).op('.');
        file.begin()
                .op('}')
                .op('(')
                .text("little_endian")
                .op(0x88)
                .text("protocol_version")
                .number(1001);
        file.op('u').op('.').begin().ordered(tensors).op('.').begin().op(']').op('(');
        for (int i = 0; i < tensors.size(); i++) {
            file.text(Integer.toString(i));
        }
        file.op('e').op('.');
        tensors.forEach(tensor ->
                file.little(Math.toIntExact(tensor.elements())).little(0).raw(bytes(tensor)));
        return file.bytes();
    }

    /** Returns the stored bytes of a tensor. */
    static byte[] bytes(TensorData tensor) {
        byte[] bytes = new byte[tensor.bytes().remaining()];
        tensor.bytes().get(bytes);
        return bytes;
    }

    private StateDict begin() {
        return op(0x80).op(2);
    }

    private StateDict ordered(List<TensorData> tensors) {
        global("collections", "OrderedDict").op(')').op('R').op('(');
        for (int i = 0; i < tensors.size(); i++) {
            TensorData tensor = tensors.get(i);
            long[] strides = tensor.shape();
            long stride = 1;
            for (int axis = strides.length - 1; axis >= 0; axis--) {
                strides[axis] = stride;
                stride *= tensor.shape()[axis];
            }
            text(tensor.name()).tensor(tensor.type(), i, tensor.elements(), 0, tensor.shape(), strides);
        }
        return op('u');
    }

    private StateDict tensor(DataType type, int key, long elements, long offset, long[] shape, long[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").op('(').op('(').text("storage");
        global("torch", storage(type)).text(Integer.toString(key)).text("cpu").number(elements);
        op('t').op('Q').number(offset).numbers(shape).numbers(strides).op(0x89);
        return global("collections", "OrderedDict").op(')').op('R').op('t').op('R');
    }

    private static String storage(DataType type) {
        return switch (type) {
            case F32 -> "FloatStorage";
            case F16 -> "HalfStorage";
            case I64 -> "LongStorage";
            default -> throw new IllegalArgumentException("" + type);
        };
    }

    private StateDict op(int code) {
        out.write(code);
        return this;
    }

    private StateDict global(String module, String name) {
        return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private StateDict text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return op('X').little(bytes.length).raw(bytes);
    }

    private StateDict number(long value) {
        return op('J').little(Math.toIntExact(value));
    }

    private StateDict numbers(long... values) {
        op('(');
        for (long value : values) {
            number(value);
        }
        return op('t');
    }

    private StateDict little(int value) {
        return raw(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private StateDict raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    private byte[] bytes() {
        return out.toByteArray();
    }
}
