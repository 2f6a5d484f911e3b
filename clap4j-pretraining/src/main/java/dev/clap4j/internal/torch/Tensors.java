package dev.clap4j.internal.torch;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Conversions between tensors in files and libtorch's tensors. */
public final class Tensors {
    private Tensors() {}

    /**
     * Returns a tensor of the same element type that shares the given memory, or a copy if the memory is not aligned.
     * The memory stays reachable as long as the innermost {@link NativeScope} of this thread.
     *
     * @param values must stay reachable if the tensor is used beyond that scope
     */
    public static Tensor view(TensorData values) {
        ScalarType type = scalarType(values.type());
        if (values.elements() == 0) {
            // An empty buffer may have no address.
            return torch.zeros(values.shape(), options(type));
        }
        BytePointer start = keep(new BytePointer(values.bytes()));
        if (start.address() % values.type().bytes() == 0) {
            return torch.from_blob(start, values.shape(), options(type));
        }
        // A file may hold a tensor at any offset, but vector instructions need aligned elements.
        long[] bytes = {values.bytes().capacity()};
        Tensor aligned = torch.from_blob(start, bytes, options(ScalarType.Byte)).clone();
        return aligned.view(type).reshape(values.shape());
    }

    /** Keeps a pointer, and so its buffer, reachable until the scope ends; libtorch does not refer to it. */
    private static BytePointer keep(BytePointer pointer) {
        PointerScope scope = PointerScope.getInnerScope();
        if (scope != null) {
            scope.attach(pointer);
        }
        return pointer;
    }

    /**
     * Returns a tensor of 32-bit floats: a {@link #view} if the values are stored so, else a converted copy.
     *
     * @throws ClapException if the tensor holds integers
     */
    public static Tensor asFloats(TensorData values) {
        if (!values.type().isFloat()) {
            throw new ClapException("Tensor " + values.name() + " holds " + values.type()
                    + " where floating-point numbers are expected");
        }
        Tensor tensor = view(values);
        return values.type() == DataType.F32 ? tensor : tensor.to(ScalarType.Float);
    }

    /** Returns the values as F32 (integers as I64) in memory that the caller owns. */
    public static TensorData toData(String name, Tensor tensor) {
        DataType type = tensor.is_floating_point() ? DataType.F32 : DataType.I64;
        TensorData copy = new TensorData(
                name, type, shape(tensor), TensorData.allocate(Math.multiplyExact(tensor.numel(), type.bytes())));
        if (copy.elements() > 0) {
            view(copy).copy_(tensor.detach());
        }
        return copy;
    }

    /**
     * Returns the memory of a dense tensor of 32-bit floats, in the tensor's own element order; valid as long as the
     * tensor.
     */
    public static FloatBuffer memory(Tensor tensor) {
        return new FloatPointer(tensor.data_ptr_float())
                .capacity(tensor.numel())
                .asBuffer();
    }

    /** Returns the shape. */
    public static long[] shape(Tensor tensor) {
        long[] shape = new long[(int) tensor.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.size(i);
        }
        return shape;
    }

    private static TensorOptions options(ScalarType type) {
        return new TensorOptions().dtype(new ScalarTypeOptional(type));
    }

    private static ScalarType scalarType(DataType type) {
        return switch (type) {
            case F64 -> ScalarType.Double;
            case F32 -> ScalarType.Float;
            case F16 -> ScalarType.Half;
            case BF16 -> ScalarType.BFloat16;
            case I64 -> ScalarType.Long;
            case I32 -> ScalarType.Int;
            case I16 -> ScalarType.Short;
            case I8 -> ScalarType.Char;
            case U8 -> ScalarType.Byte;
            case BOOL -> ScalarType.Bool;
        };
    }
}
