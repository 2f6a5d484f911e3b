package dev.clap4j.internal.head;

import dev.clap4j.ClapException;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ResidualMlp;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Gives this project access to the network and weights of a {@link Head}, which are not part of the public API. */
public final class HeadAccess {
    private static volatile Access access;

    private HeadAccess() {}

    /** The hidden part of {@link Head}. */
    public interface Access {
        /** See {@link HeadAccess#of}. */
        Head of(ResidualMlp network, HeadInfo info, List<TensorData> weights);

        /** See {@link HeadAccess#network}. */
        ResidualMlp network(Head head);

        /** See {@link HeadAccess#weights}. */
        TensorSource weights(Head head);

        /** See {@link HeadAccess#requireBackbone}. */
        void requireBackbone(Head head, Checkpoint model);
    }

    /** Called once, by {@link Head}. */
    public static void install(Access ofHead) {
        access = ofHead;
    }

    /**
     * Creates a head in memory.
     *
     * @param weights F32 tensors with the names and shapes given by {@link ResidualMlp#shapes}
     * @throws IllegalArgumentException if one is missing or has another shape or type
     */
    public static Head of(ResidualMlp network, HeadInfo info, List<TensorData> weights) {
        if (access == null) {
            initialiseHead();
        }
        return access.of(network, info, weights);
    }

    /** Has {@link Head} call {@link #install} if no head was made yet. */
    private static void initialiseHead() {
        try {
            MethodHandles.lookup().ensureInitialized(Head.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Head is public", e);
        }
    }

    /** Returns a head's geometry. */
    public static ResidualMlp network(Head head) {
        return access.network(head);
    }

    /** Returns a head's weights, under the authors' names without the prefix. */
    public static TensorSource weights(Head head) {
        return access.weights(head);
    }

    /**
     * Checks that a head fits a model. Heads of earlier versions identify the model by a sample of its weights; these
     * are checked against that sample, with a warning.
     *
     * @throws ClapException if the head was trained on another model, or takes features of another dimension
     */
    public static void requireBackbone(Head head, Checkpoint model) {
        access.requireBackbone(head, model);
    }
}
