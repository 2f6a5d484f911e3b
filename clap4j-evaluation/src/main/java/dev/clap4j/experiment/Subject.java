package dev.clap4j.experiment;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PromptEncoder;
import java.util.List;
import java.util.Optional;

/**
 * Methods to compare, and the data to compare them on.
 *
 * @param model the model; empty if the features were computed elsewhere
 * @param texts the text encoder
 * @param images the data set and the features of its images
 * @param methods the methods, the baseline first
 * @param condition the dimensions shared by all scores, such as the seed
 */
public record Subject(
        Optional<ClipModel> model,
        PromptEncoder texts,
        EncodedDataset images,
        List<Method> methods,
        Condition condition) {
    /** Makes the list unmodifiable. */
    public Subject {
        methods = List.copyOf(methods);
    }

    /** Returns the data set. */
    public Dataset dataset() {
        return images.dataset();
    }

    /** Returns the condition of a method's scores. */
    public Condition condition(Method method) {
        return method.condition().and(condition);
    }

    /** Returns the method of a condition that has all of the method's dimensions. */
    public Method method(Condition condition) {
        return methods.stream()
                .filter(method -> condition.matches(method.condition()))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the name of a domain by its index. */
    public String domain(int index) {
        return dataset().domains().get(index).name();
    }

    /** Returns the index of the domain of a condition. */
    public int domain(Condition condition) {
        return dataset().domains().stream().map(Domain::name).toList().indexOf(condition.get(Condition.DOMAIN));
    }

    /** Returns the labels of a domain's images by its index. */
    public int[] labels(int domain) {
        return dataset().domains().get(domain).labels();
    }
}
