package dev.clap4j.training.objective;

import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The cross-entropy of rows of scores against the right column of each. */
final class CrossEntropy {
    private CrossEntropy() {}

    /**
     * The mean over the rows of {@code logits} {@code [n, m]}; columns may be excluded by minus infinity.
     *
     * @param rightColumn the right column of each row
     */
    static Tensor mean(Tensor logits, LongUnaryOperator rightColumn) {
        long[] columns = LongStream.range(0, logits.size(0)).map(rightColumn).toArray();
        Tensor right = torch.tensor(columns).unsqueeze(1);
        // The logarithm of the softmax subtracts each row's largest score first, so that no exponential overflows.
        return torch.log_softmax(logits, 1).gather(1, right).mean().neg();
    }
}
