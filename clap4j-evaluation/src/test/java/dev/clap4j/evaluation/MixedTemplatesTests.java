package dev.clap4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.prompt.TemplatePrompts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixedTemplatesTests {
    private static final List<String> CLASSES = List.of("dog", "cat", "sea horse");

    @Test
    void everyClassGetsAPromptOfItsOwn() {
        MixedTemplates mixed = MixedTemplates.draw(CLASSES, 4, 1);

        assertThat(mixed.draws()).hasSize(4).doesNotHaveDuplicates().allSatisfy(draw -> {
            assertThat(draw).hasSize(3);
            for (int c = 0; c < 3; c++) {
                assertThat(TemplatePrompts.of(CLASSES.get(c))).contains(draw.get(c));
            }
        });
        assertThat(mixed.texts().subList(3, 6)).isEqualTo(mixed.draws().get(1));
    }

    @Test
    void theSeedDecidesAndMoreDrawsBeginWithTheSame() {
        MixedTemplates mixed = MixedTemplates.draw(CLASSES, 4, 1);

        assertThat(MixedTemplates.draw(CLASSES, 2, 1).draws())
                .isEqualTo(mixed.draws().subList(0, 2));
        assertThat(MixedTemplates.draw(CLASSES, 4, 2)).isNotEqualTo(mixed);
        assertThatIllegalArgumentException().isThrownBy(() -> MixedTemplates.draw(CLASSES, 0, 1));
    }

    @Test
    void accuracyIsTheMeanOverDraws() {
        Dataset dataset = new Dataset(
                Path.of("any"),
                List.of("dog", "cat"),
                List.of(new Domain(
                        "photo", List.of(new LabelledImage(Path.of("a"), 0), new LabelledImage(Path.of("b"), 1)))));
        FeatureMatrix images = new FeatureMatrix(List.of("a", "b"), 2, new float[] {3, 1, 1, 3});
        MixedTemplates mixed = new MixedTemplates(List.of(List.of("d1", "c1"), List.of("d2", "c2")));
        // In the first draw both are told, in the second both prompts point the same way and dog is first.
        FeatureMatrix texts = new FeatureMatrix(mixed.texts(), 2, new float[] {1, 0, 0, 1, 1, 1, 1, 1});

        PromptResult result = mixed.evaluate(EncodedDataset.of(dataset, images), texts, Method.CLIP);

        assertThat(result.accuracy()).containsOnlyKeys("photo");
        assertThat(result.mean()).isCloseTo(75, within(1e-9));
    }
}
