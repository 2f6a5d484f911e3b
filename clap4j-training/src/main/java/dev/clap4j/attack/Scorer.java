package dev.clap4j.attack;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.training.objective.Cosine;
import dev.clap4j.training.probe.LinearProbe;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** From features to the scores that an attack sees. */
public sealed interface Scorer {
    /**
     * The scores of the classes.
     *
     * @param features {@code [b, D]}, not normalised
     * @return {@code [b, classes]}
     */
    Tensor of(Tensor features);

    /** The number of classes. */
    int classes();

    /** Cosines with the classes' text features {@code [classes, D]}, without any factor, as published. */
    static Scorer zeroShot(FeatureMatrix texts) {
        return new Cosines(texts);
    }

    /** The scores of a linear probe, on features of length 1, which is what probes are trained on. */
    static Scorer probe(LinearProbe probe) {
        return new Linear(probe.weight(), probe.bias(), true);
    }

    /**
     * The scores of a linear probe on features as they are. That is what the authors' attack sees, although what is
     * attacked looks at features of length 1.
     */
    static Scorer officialProbe(LinearProbe probe) {
        return new Linear(probe.weight(), probe.bias(), false);
    }

    /** See {@link #zeroShot}. */
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
     * See {@link #probe} and {@link #officialProbe}.
     *
     * @param weight {@code [classes, D]}, row after row
     * @param bias {@code [classes]}
     * @param normalised whether features are brought to length 1
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
