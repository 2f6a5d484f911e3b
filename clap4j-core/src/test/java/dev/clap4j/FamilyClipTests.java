package dev.clap4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.zoo.FamilyFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model of every family through the front door. */
class FamilyClipTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.clap4j.zoo.TinyFamily#names")
    void itClassifies(String name) throws Exception {
        try (Clip clip = Clip.load(write(name))) {
            Classifier classifier = clip.classifier("dog", "red bicycle", "bird");
            Classification found = classifier.classify(Image.of(TinyClip.image(3)));
            assertThat(found.predictions()).hasSize(3);
            assertThat(sum(classifier.withSoftmax().classify(Image.of(TinyClip.image(3)))))
                    .isCloseTo(1, within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clap4j.zoo.TinyFamily#names")
    void noiseStandsInThreePlaces(String name) throws Exception {
        try (Clip clip = Clip.load(write(name))) {
            ClipModel model = ClipAccess.encoders(clip);
            float[][] noise = new float[4][model.texts().contextWidth()];
            for (int i = 0; i < noise.length; i++) {
                Arrays.fill(noise[i], 0.1f * (i + 1));
                noise[i][i] = -1;
            }
            List<float[]> features = new ArrayList<>();
            features.add(model.texts().encode(List.of("a dog and a cat")).row(0));
            for (ContextPosition position : ContextPosition.values()) {
                ContextText text = new ContextText("a dog and a cat", noise, position);
                features.add(model.texts().encodeWithContext(List.of(text)).row(0));
            }
            assertThat(features).doesNotHaveDuplicates();
        }
    }

    @Test
    void eachClassOfASiglipHasAProbabilityOfItsOwn() throws Exception {
        try (Clip clip = Clip.load(write("tiny-SigLIP"))) {
            Classification found = clip.classifier("dog", "cat").classify(Image.of(TinyClip.image(3)));
            Prediction best = found.best();
            double logit = best.score() / 0.07 - 10;
            assertThat((double) best.probability()).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-5));
        }
    }

    private Path write(String name) throws Exception {
        return FamilyFolder.write(name, folder.resolve("model"));
    }

    private static double sum(Classification found) {
        return found.predictions().stream().mapToDouble(Prediction::probability).sum();
    }
}
