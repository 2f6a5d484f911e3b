package dev.clap4j.pretraining;

import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** CLIP's loss (Radford et al. 2021, figure 3), differentiable. */
final class ContrastiveLoss {
    /** The least norm by which features are divided, so that a row of zeros has cosine 0 instead of NaN. */
    private static final double LEAST_NORM = 1e-12;

    private ContrastiveLoss() {}

    /**
     * Returns the cross-entropy of each image's caption among all captions, and of each caption's image among all images:
     * the mean of both, a scalar.
     *
     * @param images features {@code [b, d]}
     * @param texts the features of their captions {@code [b, d]}
     * @param logScale the logarithm of the factor by which cosines are multiplied, a scalar
     */
    static Tensor of(Tensor images, Tensor texts, Tensor logScale) {
        Tensor logits = unit(images).matmul(unit(texts).t()).mul(logScale.exp());
        return ofRows(logits).add(ofRows(logits.t())).mul(new Scalar(0.5));
    }

    /** Returns the rows scaled to length 1. */
    private static Tensor unit(Tensor x) {
        long[] lastDimension = {-1};
        Tensor norms = torch.norm(x, new ScalarOptional(new Scalar(2.0)), lastDimension, true);
        return x.div(norms.clamp_min(new Scalar(LEAST_NORM)));
    }

    /** Returns the mean cross-entropy of the rows, whose targets are on the diagonal. */
    private static Tensor ofRows(Tensor logits) {
        long[] columns = LongStream.range(0, logits.size(0)).toArray();
        Tensor right = torch.tensor(columns).unsqueeze(1);
        // log_softmax subtracts each row's maximum first, so no exponential overflows.
        return torch.log_softmax(logits, 1).gather(1, right).mean().neg();
    }
}
