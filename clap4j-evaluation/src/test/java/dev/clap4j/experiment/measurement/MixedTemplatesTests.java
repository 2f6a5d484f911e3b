package dev.clap4j.experiment.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.ResultQuery;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.PromptLanguage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixedTemplatesTests {
    private static final List<String> CLASSES = List.of("dog", "cat", "sea horse");

    @Test
    void everyClassGetsAPromptOfItsOwn() {
        List<String> texts = new MixedTemplates(4, 1).texts(CLASSES);

        assertThat(texts).hasSize(4 * 3);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(PromptLanguage.ENGLISH.templates(CLASSES.get(i % 3))).contains(texts.get(i));
        }
        assertThat(IntStream.range(0, 4).mapToObj(draw -> texts.subList(3 * draw, 3 * draw + 3)))
                .doesNotHaveDuplicates();
    }

    @Test
    void templatesAreThoseOfTheLanguage() {
        MixedTemplates chinese = new MixedTemplates(1, 1, PromptLanguage.CHINESE);

        assertThat(PromptLanguage.CHINESE.templates("狗")).containsAll(chinese.texts(List.of("狗")));
        assertThat(chinese.options()).containsKey("language");
        assertThat(new MixedTemplates(1, 1).options()).doesNotContainKey("language");
    }

    @Test
    void theSeedDecidesAndMoreDrawsBeginWithTheSame() {
        List<String> texts = new MixedTemplates(4, 1).texts(CLASSES);

        assertThat(new MixedTemplates(2, 1).texts(CLASSES)).isEqualTo(texts.subList(0, 6));
        assertThat(new MixedTemplates(4, 2).texts(CLASSES)).isNotEqualTo(texts);
        assertThatThrownBy(() -> new MixedTemplates(0, 1))
                .isInstanceOf(ClapException.class)
                .hasMessage("At least one draw is needed, not 0");
    }

    @Test
    void accuracyIsTheMeanOverDraws() {
        Dataset dataset = new Dataset(
                Path.of("any"),
                List.of("dog", "cat"),
                List.of(new Domain(
                        "photo", List.of(new LabelledImage(Path.of("a"), 0), new LabelledImage(Path.of("b"), 1)))));
        FeatureMatrix images = new FeatureMatrix(List.of("a", "b"), 2, new float[] {3, 1, 1, 3});
        // In the first draw both are told, in the second both prompts point the same way and dog is first.
        PromptEncoder texts = new Fixed(new float[] {1, 0, 0, 1, 1, 1, 1, 1});
        Subject subject = new Subject(
                Optional.empty(), texts, EncodedDataset.of(dataset, images), List.of(Method.CLIP), Condition.NONE);

        ResultQuery found = new ResultQuery(new Trial(subject, new MixedTemplates(2, 0)).results());

        assertThat(found.of("mixed-templates")).hasSize(1);
        assertThat(found.mean("mixed-templates", "method=CLIP", "domain=photo")).isCloseTo(75, within(1e-9));
        assertThat(found.results().images().get(0).values()).containsExactly(1, 0.5);
    }

    /** The same features of a plane, whatever the texts. */
    private record Fixed(float[] features) implements PromptEncoder {
        @Override
        public FeatureMatrix encode(List<String> texts, Steps steps) {
            return new FeatureMatrix(texts, 2, features);
        }

        @Override
        public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
            throw new UnsupportedOperationException("No noise is measured");
        }

        @Override
        public int embedDim() {
            return 2;
        }

        @Override
        public int contextWidth() {
            return 1;
        }
    }
}
