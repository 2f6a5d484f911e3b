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
import dev.clap4j.experiment.PromptSet;
import dev.clap4j.experiment.ResultQuery;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZeroShotTests {
    /** Features of a plane: the classes lie on the axes, a prompt's words turn its feature away from the first. */
    private static final Map<String, float[]> TEXTS = Map.of(
            "dog", new float[] {2, 0},
            "cat", new float[] {0, 3},
            "a photo of a dog", new float[] {1, 2},
            "a photo of a cat", new float[] {0, 1},
            "a dog in a photo", new float[] {0, 1},
            "a cat in a photo", new float[] {1, 0});

    private final List<ContextText> noisy = new ArrayList<>();
    private final List<Integer> noisyCalls = new ArrayList<>();

    private final PromptEncoder encoder = new PromptEncoder() {
        @Override
        public FeatureMatrix encode(List<String> texts, Steps steps) {
            return FeatureMatrix.ofRows(texts, 2, texts.stream().map(TEXTS::get).toList());
        }

        @Override
        public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
            noisy.addAll(texts);
            noisyCalls.add(texts.size());
            return encode(texts.stream().map(ContextText::text).toList());
        }

        @Override
        public int embedDim() {
            return 2;
        }

        @Override
        public int contextWidth() {
            return 5;
        }
    };

    private final Dataset dataset = new Dataset(
            Path.of("pets"), List.of("dog", "cat"), List.of(domain("photo", 0, 1, 1), domain("sketch", 0, 1)));
    private final FeatureMatrix photo = new FeatureMatrix(List.of("0", "1", "2"), 2, new float[] {5, 1, 1, 5, 2, 1});
    private final FeatureMatrix sketch = new FeatureMatrix(List.of("3", "4"), 2, new float[] {1, 0.9f, 0, 1});

    private static Domain domain(String name, int... labels) {
        return new Domain(
                name,
                Arrays.stream(labels)
                        .mapToObj(label -> new LabelledImage(Path.of("any.png"), label))
                        .toList());
    }

    private ResultQuery run(List<PromptSet> prompts, int noiseBatch, long seed, Method... methods) {
        Subject subject = new Subject(
                Optional.empty(),
                encoder,
                new EncodedDataset(dataset, List.of(photo, sketch)),
                List.of(methods),
                Condition.NONE);
        return new ResultQuery(new Trial(subject, new ZeroShot(prompts, noiseBatch, seed)).results());
    }

    @Test
    void stylesHaveOtherLanguages() {
        ZeroShot chinese = (ZeroShot) ZeroShot.KIND.of(Map.of("language", List.of("zh"), "styles", List.of("C,PC,NC")));
        assertThat(chinese.prompts())
                .containsExactly(
                        PromptSet.of(PromptStyle.C),
                        new PromptSet("PC", List.of(new PromptTemplate("一张{class}的照片")), false),
                        PromptSet.of(PromptStyle.NC));
        assertThat(chinese.options()).containsEntry("prompts", "C, PC (一张{class}的照片), NC");
        assertThat(ZeroShot.KIND.of(Map.of()).options()).containsEntry("prompts", "C, PC, CP, NC");
        assertThatThrownBy(() -> ZeroShot.KIND.of(Map.of("language", List.of("fr"))))
                .isInstanceOf(ClapException.class)
                .hasMessage("\"fr\" is no language of prompts; write en, zh, or the name of a YAML file that describes"
                        + " another");
    }

    private static List<PromptSet> styles(PromptStyle... styles) {
        return Arrays.stream(styles).map(PromptSet::of).toList();
    }

    @Test
    void accuraciesAndTheirSpread() {
        ResultQuery clip = run(ZeroShot.STYLES, 2, 1, Method.CLIP);

        assertThat(clip.dimension(Condition.PROMPT, "zeroshot")).containsExactly("C", "PC", "CP", "NC");
        assertThat(clip.dimension(Condition.DOMAIN, "zeroshot")).containsExactly("photo", "sketch");
        assertThat(clip.dimension(Condition.METHOD, "zeroshot")).containsExactly("CLIP");
        // C: of the photos the third is taken for a dog; the sketches are right.
        assertThat(clip.values("zeroshot", "prompt=C")).containsExactly(200 / 3.0, 100.0);
        // PC: (2, 1) and (5, 1) are nearer to (1, 2), and so is (1, 0.9). CP: all answers of C turned round.
        assertThat(clip.mean("zeroshot", "prompt=PC")).isCloseTo(250 / 3.0, within(1e-9));
        assertThat(clip.mean("zeroshot", "prompt=CP")).isCloseTo(50 / 3.0, within(1e-9));
        assertThat(clip.values("zeroshot-mean")).hasSize(1);
        assertThat(clip.mean("zeroshot-mean")).isCloseTo(550 / 9.0, within(1e-9));
        assertThat(clip.mean("zeroshot-range")).isCloseTo(200 / 3.0, within(1e-9));
        assertThat(clip.mean("zeroshot-deviation")).isCloseTo(200 / 3.0 * Math.sqrt(2) / 3, within(1e-9));
        assertThat(clip.mean("zeroshot-noise-drop")).isZero();
        assertThat(clip.of("zeroshot").get(0).condition().has(Condition.ALPHA)).isFalse();
    }

    @Test
    void spreadIsLeftOutWhereStylesAreMissing() {
        ResultQuery clip = run(styles(PromptStyle.C, PromptStyle.PC), 2, 1, Method.CLIP);

        assertThat(clip.results().scores())
                .extracting(score -> score.measure().id())
                .containsOnly("zeroshot");
    }

    @Test
    void headsServeImagesAndTexts() {
        List<float[]> seen = new ArrayList<>();
        Method swap = Method.clap(
                (features, alpha) -> {
                    seen.add(new float[] {features.rows(), alpha});
                    float[] v = features.values();
                    IntStream.range(0, v.length / 2).forEach(i -> v[2 * i] *= -1);
                    return new FeatureMatrix(features.ids(), 2, v);
                },
                0.25f);

        ResultQuery both = run(styles(PromptStyle.C), 2, 1, Method.CLIP, swap);

        // A mirror applied to both sides changes no angle.
        assertThat(both.values("zeroshot", "method=CLAP", "alpha=0.25"))
                .hasSize(2)
                .isEqualTo(both.values("zeroshot", "method=CLIP"));
        assertThat(seen)
                .extracting(a -> (int) a[0] + " at " + a[1])
                .containsExactly("3 at 0.25", "2 at 0.25", "2 at 0.25");
    }

    @Test
    void noiseIsSharedByABatchAndDrawnAnewForTheNext() {
        run(styles(PromptStyle.NC), 2, 7, Method.CLIP, Method.clap((features, alpha) -> features, 1));

        // Batches of photos: 2 and 1; of sketches: 2. Two classes each, one call, both methods alike.
        assertThat(noisyCalls).containsExactly(6);
        assertThat(noisy).extracting(ContextText::text).containsExactly("dog", "cat", "dog", "cat", "dog", "cat");
        assertThat(noisy.get(0).context()).isSameAs(noisy.get(1).context());
        assertThat(noisy.get(0).context()).hasDimensions(4, 5);
        assertThat(noisy.get(0).context()[0]).isNotEqualTo(noisy.get(2).context()[0]);
        assertThat(noisy.get(2).context()[0]).isNotEqualTo(noisy.get(4).context()[0]);
    }

    @Test
    void noiseHasTheDeviationOfThePaperAndComesFromTheSeed() {
        run(styles(PromptStyle.NC), 1, 7, Method.CLIP);
        List<ContextText> first = List.copyOf(noisy);
        noisy.clear();
        run(styles(PromptStyle.NC), 1, 7, Method.CLIP);

        assertThat(noisy.get(3).context()).isDeepEqualTo(first.get(3).context());
        double squares = 0;
        for (int batch = 0; batch < 5; batch++) {
            for (float[] vector : first.get(2 * batch).context()) {
                for (float x : vector) {
                    squares += (double) x * x;
                }
            }
        }
        // Of 100 draws the sample deviation is off by 7 %; four times that.
        assertThat(Math.sqrt(squares / 100)).isCloseTo(0.02, within(0.0057));
    }

    @Test
    void templatesAreAnEnsemble() {
        PromptSet both = PromptSet.ensemble(
                "both", List.of(new PromptTemplate("{class}"), new PromptTemplate("a {class} in a photo")));

        ResultQuery clip = run(List.of(both), 2, 1, Method.CLIP);

        // The two contradict each other: both classes are the diagonal, and of equal scores the first wins.
        assertThat(clip.values("zeroshot", "prompt=both")).containsExactly(100 / 3.0, 50.0);
    }

    @Test
    void aBatchOfNoiseHasAnImage() {
        assertThatThrownBy(() -> new ZeroShot(ZeroShot.STYLES, 0, 1)).isInstanceOf(ClapException.class);
    }
}
