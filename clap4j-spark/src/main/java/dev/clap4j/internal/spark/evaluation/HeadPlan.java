package dev.clap4j.internal.spark.evaluation;

import dev.clap4j.head.Head;
import dev.clap4j.internal.spark.HeadContent;
import java.io.Serializable;
import java.util.List;

/**
 * A head to compare with CLIP.
 *
 * @param name the name of its method
 * @param content the content of its file
 * @param alphas the values of α, each a method
 */
public record HeadPlan(String name, byte[] content, List<Float> alphas) implements Serializable {
    /** Makes the list unmodifiable. */
    public HeadPlan {
        alphas = List.copyOf(alphas);
    }

    /** Returns a head. */
    public static HeadPlan of(String name, Head head, List<Float> alphas) {
        return new HeadPlan(name, HeadContent.of(head), alphas);
    }

    Head head() {
        return HeadContent.parse("the head " + name, content);
    }
}
