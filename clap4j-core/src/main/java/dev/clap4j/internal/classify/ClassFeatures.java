package dev.clap4j.internal.classify;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.prompt.ClassPrompts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The text features of classes: the averaged features of each class's prompts. */
public final class ClassFeatures {
    private ClassFeatures() {}

    /** Returns the prompts of all classes, class by class. */
    public static List<String> texts(ClassPrompts prompts) {
        return prompts.prompts().values().stream().flatMap(Collection::stream).toList();
    }

    /**
     * Encodes the prompts of all classes together and averages them per class.
     *
     * @param encoder maps texts to features, including the head if any
     * @return {@code [k, D]}, normalised; the row ids are the class names
     */
    public static FeatureMatrix of(ClassPrompts prompts, Function<List<String>, FeatureMatrix> encoder) {
        FeatureMatrix features = encoder.apply(texts(prompts));
        List<FeatureMatrix> classes = new ArrayList<>();
        int row = 0;
        for (List<String> own : prompts.prompts().values()) {
            List<FeatureMatrix> members = new ArrayList<>();
            for (int i = 0; i < own.size(); i++) {
                members.add(features.select(row++));
            }
            classes.add(FeatureMatrix.ensemble(members));
        }
        return FeatureMatrix.concat(classes).withIds(prompts.classes());
    }
}
