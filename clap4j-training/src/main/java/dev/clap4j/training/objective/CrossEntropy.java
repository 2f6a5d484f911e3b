package dev.clap4j.training.objective;

import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The cross-entropy of a square of scores whose right ones stand on the diagonal, for losses behind encoders that learn. */
public final class CrossEntropy {
    private CrossEntropy() {}

    /** The mean over the rows of {@code logits} {@code [n, n]}, a scalar that can be differentiated. */
    public static Tensor ofRows(Tensor logits) {
        long[] columns = LongStream.range(0, logits.size(0)).toArray();
        Tensor right = torch.tensor(columns).unsqueeze(1);
        // The logarithm of the softmax subtracts each row's largest score first, so that no exponential overflows.
        return torch.log_softmax(logits, 1).gather(1, right).mean().neg();
    }

    /** The mean over rows and columns, a scalar that can be differentiated. */
    public static Tensor bothWays(Tensor logits) {
        return ofRows(logits).add(ofRows(logits.t())).mul(new Scalar(0.5));
    }
}
