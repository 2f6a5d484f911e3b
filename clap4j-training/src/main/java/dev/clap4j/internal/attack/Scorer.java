package dev.clap4j.internal.attack;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.objective.Cosine;
import dev.clap4j.training.probe.LinearProbe;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A classifier that maps features to scores, as seen by an attack. */
public sealed interface Scorer {
    /**
     * Returns the scores of the classes.
     *
     * @param features {@code [b, D]}, not normalised
     * @return {@code [b, classes]}
     */
    Tensor of(Tensor features);

    /** Returns the number of classes. */
    int classes();

    /**
     * Returns a scorer by cosine similarity with the classes' text features {@code [classes, D]}, without a logit
     * scale, as published.
     */
    static Scorer zeroShot(FeatureMatrix texts) {
        return new Cosines(texts);
    }

    /** Returns a scorer by a linear probe on features of length 1, which is what probes are trained on. */
    static Scorer probe(LinearProbe probe) {
        return new Linear(probe.weight(), probe.bias(), true);
    }

    /**
     * Returns a scorer by a linear probe on features that are not normalised. The authors' attack uses these scores,
     * although the classifier under attack normalises features to length 1.
     */
    static Scorer officialProbe(LinearProbe probe) {
        return new Linear(probe.weight(), probe.bias(), false);
    }

    /** The scorer of {@link #zeroShot}. */
    record Cosines(FeatureMatrix texts) implements Scorer {
        @Override
        public Tensor of(Tensor features) {
            return Cosine.matrix(features, torch.tensor(texts.values()).reshape(texts.rows(), texts.dim()));
        }

        @Override
        public int classes() {
            return texts.rows();
        }
    }

    /**
     * The scorer of {@link #probe} and {@link #officialProbe}.
     *
     * @param weight {@code [classes, D]}, in row-major order
     * @param bias {@code [classes]}
     * @param normalised whether features are normalised to length 1
     */
    record Linear(float[] weight, float[] bias, boolean normalised) implements Scorer {
        @Override
        public Tensor of(Tensor features) {
            Tensor matrix = torch.tensor(weight).reshape(bias.length, -1);
            Tensor rows = normalised ? Cosine.unit(features) : features;
            return torch.linear(rows, matrix, new TensorOptional(torch.tensor(bias)));
        }

        @Override
        public int classes() {
            return bias.length;
        }
    }
}
