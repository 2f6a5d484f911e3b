package dev.clap4j.head;

/** The geometry of a head's network. Options for training have one, of which copies can be made with other dimensions. */
public interface HeadNetwork {
    /** Returns the dimension of the features that go in, that of the model. */
    int inDim();

    /** Returns the hidden dimension. */
    int latentDim();

    /** Returns the dimension of the features that come out. */
    int outDim();

    /** Returns the number of further hidden layers. */
    int repeat();

    /** Returns a copy with another hidden dimension. */
    HeadNetwork withLatentDim(int other);

    /** Returns a copy with another dimension of the features that come out. */
    HeadNetwork withOutDim(int other);

    /** Returns a copy with another number of further hidden layers. */
    HeadNetwork withRepeat(int other);
}
