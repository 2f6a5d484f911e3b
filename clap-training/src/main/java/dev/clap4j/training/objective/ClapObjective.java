package dev.clap4j.training.objective;

import dev.clap4j.ClapException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * CLAP's objective (CLAP, equation 4): prompts agree with their augmented forms, and these with their class names.
 *
 * @param text between a prompt and its augmented form
 * @param content between an augmented prompt and its class name; rows of one class in a batch are negatives of each
 *     other all the same, as in the authors' code
 * @param contentWeight λ, the weight of the second
 */
public record ClapObjective(PairLoss text, PairLoss content, double contentWeight) implements HeadObjective {
    /** What it is called. */
    public static final String NAME = "clap";

    /**
     * Checks the weight.
     *
     * @throws ClapException if it is negative or not finite
     */
    public ClapObjective {
        if (!(contentWeight >= 0) || Double.isInfinite(contentWeight)) {
            throw new ClapException("The weight of the class names should be 0 or more, but is " + contentWeight);
        }
    }

    /** The authors' form: NT-Xent twice. */
    public static ClapObjective official(double textTemperature, double contentTemperature, double contentWeight) {
        return new ClapObjective(new NtXent(textTemperature), new NtXent(contentTemperature), contentWeight);
    }

    /**
     * The parts and their sum, scalars that can be differentiated.
     *
     * @param total {@code text + λ content}
     * @param text the first part
     * @param content the second, not yet weighted
     */
    public record Loss(Tensor total, Tensor text, Tensor content) {}

    @Override
    public String name() {
        return NAME;
    }

    /**
     * The loss of a batch of content features.
     *
     * @param rows f_c of n prompts, then of their augmented forms, then of their classes' names, {@code [3n, d]}
     */
    @Override
    public BatchLoss of(Tensor rows) {
        long n = rows.size(0) / 3;
        Loss loss = of(rows.narrow(0, 0, n), rows.narrow(0, n, n), rows.narrow(0, 2 * n, n));
        Map<String, Tensor> parts = new LinkedHashMap<>();
        parts.put("text_loss", loss.text());
        parts.put("content_loss", loss.content());
        return new BatchLoss(loss.total(), parts);
    }

    /**
     * The loss of a batch of content features.
     *
     * @param prompts f_c of the prompts, {@code [n, d]}
     * @param augmented f_c of their augmented forms
     * @param classNames f_c of their classes' names
     */
    public Loss of(Tensor prompts, Tensor augmented, Tensor classNames) {
        Tensor first = text.of(prompts, augmented);
        Tensor second = content.of(augmented, classNames);
        return new Loss(first.add(second.mul(new Scalar(contentWeight))), first, second);
    }
}
