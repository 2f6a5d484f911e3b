package dev.clap4j.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.Classification;
import dev.clap4j.Golden;
import dev.clap4j.Prediction;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZeroShotClassifierTests {
    private final FeatureMatrix classes =
            new FeatureMatrix(List.of("east", "north", "east again"), 2, new float[] {2, 0, 0, 5, 1, 0});
    private final ZeroShotClassifier classifier = ZeroShotClassifier.of(classes, 10);

    private static FeatureMatrix image(float... values) {
        return new FeatureMatrix(List.of("image"), values.length, values);
    }

    @Test
    void scoresAreCosines() {
        assertThat(classifier.scores(image(3, 4))[0]).containsExactly(0.6f, 0.8f, 0.6f);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -5, Float.NaN, Float.POSITIVE_INFINITY})
    void scalesThatAreNoneAreRefused(float scale) {
        FeatureMatrix classes = image(1, 2);
        assertThatThrownBy(() -> ZeroShotClassifier.of(classes, scale))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The factor on cosines is a positive number, not " + scale);
    }

    @Test
    void ofEqualScoresTheLowestClassWins() {
        assertThat(classifier.predict(image(7, 0))).containsExactly(0);
        assertThat(classifier.predict(image(1, 1))).containsExactly(0);
        assertThat(classifier.predict(image(1, 2))).containsExactly(1);
    }

    @Test
    void probabilitiesAreTheSoftmaxAtTheLogitScale() {
        double[] exponentials = {Math.exp(6), Math.exp(8), Math.exp(6)};
        double sum = exponentials[0] + exponentials[1] + exponentials[2];

        float[] probabilities = classifier.probabilities(image(3, 4))[0];

        for (int c = 0; c < 3; c++) {
            // A cosine's rounding of 6e-8, times the scale 10.
            assertThat((double) probabilities[c]).isCloseTo(exponentials[c] / sum, within(1e-6));
        }
    }

    @Test
    void listsBestFirstAndTiesInOrder() {
        Classification classification = classifier.classify(image(3, 4)).get(0);

        assertThat(classification.top(2)).extracting(Prediction::className).containsExactly("north", "east");
        assertThat(classification.predictions()).hasSize(3);
    }

    @Test
    void agreesWithTheReferenceModel() {
        String io = Golden.file("clip-vit-tiny/io.safetensors").toString();
        FeatureMatrix images = FeatureFiles.load(io + "#image_features");
        FeatureMatrix texts = FeatureFiles.load(io + "#text_features");
        float[] logits = Golden.tensors("clip-vit-tiny/io.safetensors")
                .get("logits_per_image")
                .toFloats();
        float logitScale = (float) Math.exp(Golden.tensors("clip-vit-tiny/openai/model.safetensors")
                .get("logit_scale")
                .toFloats()[0]);

        float[][] scores = ZeroShotClassifier.of(texts, logitScale).scores(images);

        for (int i = 0; i < scores.length; i++) {
            for (int c = 0; c < texts.rows(); c++) {
                // Sums of 64 products in another order, each off by at most 6e-8.
                assertThat(scores[i][c] * logitScale)
                        .isCloseTo(logits[i * texts.rows() + c], within(1e-5f * logitScale));
            }
        }
    }

    @Test
    void refusesFeaturesOfAnotherModel() {
        assertThatThrownBy(() -> classifier.scores(image(1, 2, 3)))
                .isInstanceOf(ClapException.class)
                .hasMessage("These features have 3 values, those they are compared with have 2;"
                        + " both must come from the same model and head");
    }

    @Test
    void refusesNoClasses() {
        assertThatThrownBy(() -> ZeroShotClassifier.of(new FeatureMatrix(List.of(), 2, new float[0]), 1))
                .isInstanceOf(ClapException.class)
                .hasMessage("A classifier needs at least one class");
    }
}
