package dev.clap4j.training;

import java.util.List;

/**
 * The geometry of a head (CLAP, section 3.3): a hidden layer beside a residual connection.
 *
 * @param inDim dimension of the features that go in, that of the model
 * @param latentDim hidden dimension
 * @param outDim dimension of the features that come out
 * @param repeat number of further hidden layers
 * @param activation the non-linearity, one of {@link #ACTIVATIONS}
 */
public record HeadNetwork(int inDim, int latentDim, int outDim, int repeat, String activation) {
    /** The non-linearities; all published results have the first one. */
    public static final List<String> ACTIVATIONS = List.of("silu", "leaky_relu");

    /** Returns the network of the published results, whose features are as wide as the model's. */
    public static HeadNetwork of(int embedDim, int latentDim) {
        return new HeadNetwork(embedDim, latentDim, embedDim, 0, ACTIVATIONS.get(0));
    }

    /** Returns this network with another hidden dimension. */
    public HeadNetwork withLatentDim(int other) {
        return new HeadNetwork(inDim, other, outDim, repeat, activation);
    }

    /** Returns this network with another dimension of the features that come out. */
    public HeadNetwork withOutDim(int other) {
        return new HeadNetwork(inDim, latentDim, other, repeat, activation);
    }

    /** Returns this network with another number of further hidden layers. */
    public HeadNetwork withRepeat(int other) {
        return new HeadNetwork(inDim, latentDim, outDim, other, activation);
    }

    /** Returns this network with another non-linearity. */
    public HeadNetwork withActivation(String other) {
        return new HeadNetwork(inDim, latentDim, outDim, repeat, other);
    }
}
