package dev.clap4j.internal.objective;

import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The cross-entropy of a square matrix of logits whose targets are on the diagonal, differentiable, for training
 * encoders.
 */
public final class CrossEntropy {
    private CrossEntropy() {}

    /** Returns the mean over the rows of {@code logits} {@code [n, n]}, a differentiable scalar. */
    public static Tensor ofRows(Tensor logits) {
        long[] columns = LongStream.range(0, logits.size(0)).toArray();
        Tensor right = torch.tensor(columns).unsqueeze(1);
        // log_softmax subtracts each row's maximum first, so no exponential overflows.
        return torch.log_softmax(logits, 1).gather(1, right).mean().neg();
    }

    /** Returns the mean over rows and columns, a differentiable scalar. */
    public static Tensor bothWays(Tensor logits) {
        return ofRows(logits).add(ofRows(logits.t())).mul(new Scalar(0.5));
    }
}
