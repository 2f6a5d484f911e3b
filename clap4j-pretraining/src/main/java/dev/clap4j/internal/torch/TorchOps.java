package dev.clap4j.internal.torch;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.tensor;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.TensorOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Tensor operations on libtorch: every operation runs at once, and is recorded for gradients unless these are off.
 *
 * <p>Constants are views of the given memory where it holds 32-bit floats. This object keeps that memory reachable, so
 * it must itself stay reachable as long as one of its constants is in use. The enclosing {@link NativeScope} frees the
 * native memory of all tensors.
 */
public class TorchOps implements TensorOps<Tensor> {
    /** The momentum of running statistics, PyTorch's default. */
    private static final double MOMENTUM = 0.1;

    static {
        // NNPACK is a fallback for small convolutions that logs a warning for each one on processors it does not
        // support.
        NativeScope.run(() -> torch.globalContext().setUserEnabledNNPACK(false));
    }

    private final List<TensorData> viewed = new ArrayList<>();
    private final boolean training;

    private TorchOps(boolean training) {
        this.training = training;
    }

    /** Creates operations whose batch normalisation uses running statistics. */
    public TorchOps() {
        this(false);
    }

    /**
     * Creates operations whose batch normalisation uses the statistics of the batch and updates running statistics in
     * place: they move a tenth of the way to the batch's mean and unbiased variance.
     */
    public static TorchOps forTraining() {
        return new TorchOps(true);
    }

    @Override
    public Tensor constant(TensorData values) {
        synchronized (viewed) {
            viewed.add(values);
        }
        return Tensors.asFloats(values);
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return a.add(b);
    }

    @Override
    public Tensor subtract(Tensor a, Tensor b) {
        return a.sub(b);
    }

    @Override
    public Tensor divide(Tensor a, Tensor b) {
        return a.div(b);
    }

    @Override
    public Tensor multiply(Tensor a, Tensor b) {
        return a.mul(b);
    }

    @Override
    public Tensor scale(Tensor x, float factor) {
        return x.mul(new Scalar(factor));
    }

    @Override
    public Tensor sigmoid(Tensor x) {
        return x.sigmoid();
    }

    @Override
    public Tensor swish(Tensor x, float factor) {
        return x.mul((factor == 1 ? x : scale(x, factor)).sigmoid());
    }

    @Override
    public Tensor exp(Tensor x) {
        return x.exp();
    }

    @Override
    public Tensor erf(Tensor x) {
        return x.erf();
    }

    @Override
    public Tensor inverseRoot(Tensor x) {
        return x.rsqrt();
    }

    @Override
    public Tensor sign(Tensor x) {
        return x.sign();
    }

    @Override
    public Tensor softmax(Tensor x) {
        return x.softmax(-1);
    }

    @Override
    public Tensor logSoftmax(Tensor x) {
        return x.log_softmax(-1);
    }

    @Override
    public Tensor relu(Tensor x) {
        return x.relu();
    }

    @Override
    public Tensor leakyRelu(Tensor x, float slope) {
        return torch.leaky_relu(x, new Scalar(slope));
    }

    @Override
    public Tensor gelu(Tensor x) {
        return torch.gelu(x);
    }

    @Override
    public Tensor geluTanh(Tensor x) {
        return torch.gelu(x, "tanh");
    }

    @Override
    public Tensor matmul(Tensor x, Tensor b) {
        return x.matmul(b);
    }

    @Override
    public Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        return torch.linear(x, weight, optional(bias));
    }

    /** Computes one large product, of which slices are views. */
    @Override
    public List<Tensor> linears(Tensor x, Tensor weight, Tensor bias, int count, long width) {
        Tensor together = linear(x, weight, bias);
        return IntStream.range(0, count)
                .mapToObj(i -> slice(together, 2, i * width, (i + 1) * width))
                .toList();
    }

    @Override
    public Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, float epsilon) {
        long[] normalised = {x.size(-1)};
        return torch.layer_norm(x, normalised, optional(weight), optional(bias), epsilon, false);
    }

    @Override
    public Tensor batchNorm(Tensor x, Tensor weight, Tensor bias, Tensor mean, Tensor variance, float epsilon) {
        return torch.batch_norm(
                x,
                optional(weight),
                optional(bias),
                optional(mean),
                optional(variance),
                training,
                MOMENTUM,
                epsilon,
                false);
    }

    @Override
    public Tensor groupNorm(Tensor x, Tensor weight, Tensor bias, int groups, float epsilon) {
        return torch.group_norm(x, groups, optional(weight), optional(bias), epsilon, false);
    }

    @Override
    public Tensor conv2d(Tensor x, Tensor weight, Tensor bias, int stride, int padding, int groups) {
        long[] dilation = {1, 1};
        return torch.conv2d(
                channelsLast(x),
                channelsLast(weight),
                optional(bias),
                new long[] {stride, stride},
                new long[] {padding, padding},
                dilation,
                groups);
    }

    @Override
    public Tensor conv2dInput(
            Tensor gradient, Tensor weight, int stride, int padding, int groups, long height, long width) {
        long kernel = weight.size(2);
        return torch.conv_transpose2d(
                channelsLast(gradient),
                channelsLast(weight),
                optional(null),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {(height + 2L * padding - kernel) % stride, (width + 2L * padding - kernel) % stride},
                groups,
                new long[] {1, 1});
    }

    /**
     * Converts images to channels-last order, which is fastest for convolutions. With channels-first order libtorch
     * 2.10 gives wrong gradients on some processors (AMD with AVX-512) for some numbers of channels.
     */
    private static Tensor channelsLast(Tensor x) {
        return x.contiguous(torch.MemoryFormat.ChannelsLast);
    }

    @Override
    public Tensor averagePool2d(Tensor x, int size, int stride, int padding) {
        return avg_pool2d(
                x,
                new long[] {size, size},
                new long[] {stride, stride},
                new long[] {padding, padding},
                false,
                false,
                new LongOptional());
    }

    @Override
    public Tensor upsample2d(Tensor x, int factor) {
        return nearest(x, x.size(2) * factor, x.size(3) * factor);
    }

    @Override
    public Tensor upsampleLike(Tensor x, Tensor like) {
        return nearest(x, like.size(2), like.size(3));
    }

    private static Tensor nearest(Tensor x, long height, long width) {
        return torch.upsample_nearest2d(x, new long[] {height, width}, new DoubleOptional(), new DoubleOptional());
    }

    @Override
    public Tensor attention(Tensor query, Tensor key, Tensor value, int heads, boolean causal) {
        return attention(query, key, value, heads, optional(null), causal);
    }

    @Override
    public Tensor maskedAttention(Tensor query, Tensor key, Tensor value, int heads, Tensor mask) {
        return attention(query, key, value, heads, optional(mask.unsqueeze(1)), false);
    }

    private static Tensor attention(
            Tensor query, Tensor key, Tensor value, int heads, TensorOptional mask, boolean causal) {
        Tensor mixed = scaled_dot_product_attention(
                byHead(query, heads),
                byHead(key, heads),
                byHead(value, heads),
                mask,
                0,
                causal,
                new DoubleOptional(),
                false);
        return mixed.transpose(1, 2).reshape(query.size(0), query.size(1), query.size(2));
    }

    /** Reshapes {@code [b, n, d]} to {@code [b, heads, n, d / heads]}. */
    private static Tensor byHead(Tensor x, int heads) {
        return x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
    }

    @Override
    public Tensor reshape(Tensor x, long... shape) {
        long[] extents = shape.clone();
        for (int i = 0; i < extents.length; i++) {
            if (extents[i] == 0) {
                extents[i] = x.size(i);
            }
        }
        return x.reshape(extents);
    }

    @Override
    public Tensor reshapeLike(Tensor x, Tensor like) {
        return x.reshape(Tensors.shape(like));
    }

    @Override
    public Tensor transpose(Tensor x, int... order) {
        return x.permute(Arrays.stream(order).asLongStream().toArray());
    }

    @Override
    public Tensor concat(int axis, List<Tensor> parts) {
        return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), axis);
    }

    @Override
    public Tensor slice(Tensor x, int axis, long start, long end) {
        return x.narrow(axis, start, end - start);
    }

    @Override
    public Tensor pad(Tensor x, int axis, long before, long after) {
        // Pairs for each dimension, from the last one on.
        long[] pads = new long[2 * (int) (x.dim() - axis)];
        pads[pads.length - 2] = before;
        pads[pads.length - 1] = after;
        return torch.constant_pad_nd(x, pads, new Scalar(0));
    }

    @Override
    public Tensor gatherLast(Tensor x, int[] indices) {
        return x.index_select(-1, tensor(Arrays.stream(indices).asLongStream().toArray()));
    }

    @Override
    public Tensor mean(Tensor x, int axis) {
        return x.mean(new long[] {axis}, true, new ScalarTypeOptional());
    }

    @Override
    public Tensor sum(Tensor x, int axis) {
        return x.sum(new long[] {axis}, true, new ScalarTypeOptional());
    }

    @Override
    public Tensor expandLike(Tensor x, Tensor like) {
        return x.expand_as(like);
    }

    @Override
    public Tensor repeatRows(Tensor row, Tensor like) {
        long[] shape = Tensors.shape(row);
        shape[0] = like.size(0);
        return row.expand(shape);
    }

    @Override
    public Tensor firstRows(Tensor table, Tensor like) {
        return table.narrow(0, 0, like.size(1));
    }

    @Override
    public Tensor rows(Tensor table, Tensor numbers) {
        return torch.embedding(table, numbers);
    }

    @Override
    public Tensor pick(Tensor x, Tensor positions) {
        return x.gather(1, positions.unsqueeze(2).expand(-1, -1, x.size(2)));
    }

    @Override
    public Tensor oneHot(Tensor positions, Tensor like) {
        return torch.one_hot(positions, like.size(1)).to(torch.ScalarType.Float);
    }

    @Override
    public Tensor largest(Tensor x, int count) {
        return x.topk(count).get1();
    }

    private static TensorOptional optional(Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
    }
}
