package dev.clap4j;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.Scoring;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import java.util.List;
import java.util.stream.Stream;

/**
 * A zero-shot classifier: assigns each image to the class whose text feature has the highest cosine similarity with the
 * image feature (Radford et al. 2021, section 3.1).
 *
 * <p>Immutable and thread-safe. A classifier uses the {@link Clip} that created it, which must stay open.
 */
public final class Classifier {
    private final Clip clip;
    private final ZeroShotClassifier classes;

    private Classifier(Clip clip, ZeroShotClassifier classes) {
        this.clip = clip;
        this.classes = classes;
    }

    Classifier(Clip clip, FeatureMatrix classFeatures, Scoring scoring) {
        this(clip, ZeroShotClassifier.of(classFeatures, scoring));
    }

    /**
     * Returns this classifier with probabilities that add up to 1: the softmax over its classes. Most models have no
     * others, but those trained with a sigmoid (SigLIP) give each class a probability of its own.
     */
    public Classifier withSoftmax() {
        return new Classifier(clip, classes.withSoftmax());
    }

    /** Returns the class names, in the order in which they were given. */
    public List<String> classes() {
        return classes.classes();
    }

    /**
     * Classifies an image.
     *
     * @throws ClapException if it cannot be decoded
     * @throws IllegalStateException if the model is closed
     */
    public Classification classify(Image image) {
        return classify(List.of(image)).get(0);
    }

    /**
     * Classifies images.
     *
     * @return one classification per image, in the order of the images
     * @throws ClapException if one of them cannot be decoded
     * @throws IllegalStateException if the model is closed
     */
    public List<Classification> classify(List<Image> images) {
        return classify(clip.embed(images));
    }

    /**
     * Classifies any number of images in bounded memory.
     *
     * @param images read a few batches ahead
     * @return one classification per image, in the order of the images; sequential, and must be closed
     * @throws ClapException from the stream, if an image cannot be decoded
     */
    public Stream<Classification> classify(Stream<Image> images) {
        return clip.embed(images).flatMap(batch -> classify(batch).stream());
    }

    /**
     * Classifies images by their features.
     *
     * @param images {@code [n, dimension]}, from the same {@link Clip}
     * @throws ClapException if the features have another dimension
     */
    public List<Classification> classify(FeatureMatrix images) {
        return classes.classify(images);
    }
}
