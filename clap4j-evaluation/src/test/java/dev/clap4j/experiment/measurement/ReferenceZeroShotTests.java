package dev.clap4j.experiment.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Golden;
import dev.clap4j.Shared;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.ResultQuery;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.clip.TextEncoder;
import dev.clap4j.internal.clip.TokenSequence;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.internal.tokenizer.TokenizerReference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole path from image files and class names to accuracies, against the same computed with PyTorch and Pillow. */
class ReferenceZeroShotTests {
    private static final int IMAGES_PER_DOMAIN = 84;

    /** Right answers by style and domain, as the independent computation counts them. */
    private static final Map<String, int[]> RIGHT = Map.of(
            "C", new int[] {10, 9, 7, 15},
            "PC", new int[] {18, 17, 14, 12},
            "CP", new int[] {15, 17, 11, 12});

    /** The golden model's small vocabulary: full ids are mapped into it as its README says. */
    private record SmallVocabulary(ClipTokenizer tokenizer, TextEncoder encoder, int size) implements PromptEncoder {
        @Override
        public FeatureMatrix encode(List<String> texts, Steps steps) {
            return encodeIds(texts, texts.stream().map(text -> TokenSequence.of(ids(text))));
        }

        @Override
        public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
            return encodeIds(
                    texts.stream().map(ContextText::text).toList(),
                    texts.stream()
                            .map(text -> TokenSequence.withContext(
                                    ids(text.text()), text.context(), text.position(), tokenizer.contextLength())));
        }

        private FeatureMatrix encodeIds(List<String> texts, Stream<TokenSequence> sequences) {
            return new FeatureMatrix(texts, encoder.embedDim(), encoder.encode(sequences.toList()));
        }

        private int[] ids(String text) {
            return Arrays.stream(tokenizer.encode(text, Overflow.ERROR))
                    .map(id ->
                            id == tokenizer.startId() ? size - 2 : id == tokenizer.endId() ? size - 1 : id % (size - 2))
                    .toArray();
        }

        @Override
        public int embedDim() {
            return encoder.embedDim();
        }

        @Override
        public int contextWidth() {
            return encoder.width();
        }
    }

    @Tag(Shared.TAG)
    @Test
    void accuraciesOfTheGoldenModelOnTheSampleOfPacs() {
        Dataset pacs = Dataset.read(Shared.data("pacs-sample"), warning -> {});
        ClipTokenizer tokenizer =
                ClipTokenizer.load(Shared.data("bpe_simple_vocab_16e6.txt.gz"), 77, TokenizerReference.OPEN_AI);
        try (ClipModel clip = ClipModel.load(Golden.file("clip-vit-tiny/openai/model.safetensors"));
                TextEncoder texts = TextEncoder.create(
                        clip.checkpoint().architecture().text(),
                        clip.checkpoint().weights(),
                        OrtEngine.create())) {
            FeatureMatrix images = clip.images().encode(pacs.files());
            Subject subject = new Subject(
                    Optional.empty(),
                    new SmallVocabulary(tokenizer, texts, 500),
                    EncodedDataset.of(pacs, images),
                    List.of(Method.CLIP),
                    Condition.NONE);

            ResultQuery found = new ResultQuery(new Trial(subject, new ZeroShot(ZeroShot.STYLES, 32, 1)).results());

            // Noise this small moves few answers.
            assertThat(found.mean("zeroshot", "prompt=NC")).isCloseTo(found.mean("zeroshot", "prompt=C"), within(10.0));
            RIGHT.forEach((prompt, right) -> {
                List<Score> scores = found.of("zeroshot", "prompt=" + prompt);
                assertThat(scores).hasSize(right.length);
                for (int d = 0; d < right.length; d++) {
                    String domain = scores.get(d).condition().get(Condition.DOMAIN);
                    // The sketches are PNG files, decoded alike to the last bit. JPEG decoders differ by a level or
                    // two, and some answers of an untrained model hang by less than that.
                    assertThat(scores.get(d).value() * IMAGES_PER_DOMAIN / 100)
                            .as("%s of %s", prompt, domain)
                            .isCloseTo(right[d], within(domain.equals("sketch") ? 1e-9 : 2.001));
                }
            });
        }
    }
}
