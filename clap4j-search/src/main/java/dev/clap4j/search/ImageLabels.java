package dev.clap4j.search;

import dev.clap4j.Clip;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ClassFeatures;
import dev.clap4j.internal.classify.Scoring;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.prompt.ClassPrompts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Labels of pictures, by words: classes, with the head if there is one, and styles without it, since a head is trained to
 * hide them.
 */
final class ImageLabels {
    private final Optional<ZeroShotClassifier> classes;
    private final Optional<ZeroShotClassifier> styles;

    private ImageLabels(Optional<ZeroShotClassifier> classes, Optional<ZeroShotClassifier> styles) {
        this.classes = classes;
        this.styles = styles;
    }

    /**
     * Encodes the words.
     *
     * @throws dev.clap4j.ClapException if one of them is too long
     */
    static ImageLabels of(Clip clip, IndexInfo info) {
        ClipModel model = ClipAccess.encoders(clip);
        Scoring scoring = Scoring.of(model.checkpoint());
        Optional<ZeroShotClassifier> byClass = Optional.of(info.classPrompts())
                .filter(prompts -> !prompts.isEmpty())
                .map(prompts -> ClassFeatures.of(ClassPrompts.of(prompts), clip::embedTexts))
                .map(features -> ZeroShotClassifier.of(features, scoring));
        Optional<ZeroShotClassifier> byStyle = Optional.of(info.styles())
                .filter(words -> !words.isEmpty())
                .map(words -> model.texts()
                        .encode(words.stream().map(ImageLabels::prompt).toList())
                        .withIds(words))
                .map(features -> ZeroShotClassifier.of(features, scoring.softmax()));
        return new ImageLabels(byClass, byStyle);
    }

    private static String prompt(String style) {
        boolean vowel = !style.isEmpty() && "aeiouAEIOU".indexOf(style.charAt(0)) >= 0;
        return (vowel ? "an " : "a ") + style;
    }

    /** Returns the probabilities of the classes, {@code [n][classes]}, by features after the head. */
    List<float[]> ofClasses(FeatureMatrix features) {
        return probabilities(classes, features);
    }

    /** Returns the probabilities of the styles, {@code [n][styles]}, by features before the head. */
    List<float[]> ofStyles(FeatureMatrix features) {
        return probabilities(styles, features);
    }

    private static List<float[]> probabilities(Optional<ZeroShotClassifier> classifier, FeatureMatrix features) {
        return classifier
                .map(known -> List.of(known.probabilities(features)))
                .orElseGet(() -> new ArrayList<>(Collections.nCopies(features.rows(), new float[0])));
    }
}
