package dev.clap4j.training.objective;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The normalised, temperature-scaled cross-entropy of SimCLR (Chen et al. 2020), which the authors' code uses for all
 * terms: each of the 2n rows has to find its partner among all others, those of its own side included.
 *
 * @param temperature τ, by which cosine similarities are divided
 */
public record NtXent(double temperature) implements PairLoss {
    /**
     * Checks the temperature.
     *
     * @throws dev.clap4j.ClapException if it is not positive and finite
     */
    public NtXent {
        Temperature.check(temperature);
    }

    @Override
    public NtXent withTemperature(double other) {
        return new NtXent(other);
    }

    @Override
    public Tensor of(Tensor x, Tensor y) {
        long n = x.size(0);
        Tensor rows = torch.cat(new TensorVector(x, y), 0);
        Tensor logits = Cosine.matrix(rows, rows).div(new Scalar(temperature));
        Tensor self = torch.eye(2 * n).to(torch.ScalarType.Bool);
        logits = logits.masked_fill(self, new Scalar(Double.NEGATIVE_INFINITY));
        return CrossEntropy.mean(logits, row -> (row + n) % (2 * n));
    }
}
