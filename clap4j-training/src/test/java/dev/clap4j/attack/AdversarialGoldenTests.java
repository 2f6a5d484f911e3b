package dev.clap4j.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.internal.clip.TextEncoder;
import dev.clap4j.internal.clip.TokenSequence;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.internal.tokenizer.TokenizerReference;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The published attacks against the reference's, step by step. */
class AdversarialGoldenTests {
    private static final double LOSS = 1e-4;
    private static final double SCORES = 1e-3;
    private static final double LOGITS = 1e-2;

    /** Signs of gradients near zero may differ. */
    private static final double PIXELS = 0.01;

    private static final double GRADIENT = 1e-3;
    private static final float ALPHA = 0.3f;

    private static SafetensorsFile golden() {
        return SafetensorsFile.open(Shared.golden("adversarial/adversarial.safetensors"));
    }

    private static JsonNode results() throws IOException {
        return new ObjectMapper()
                .readTree(Shared.golden("adversarial/results.json").toFile());
    }

    private static Victim victim(boolean head) {
        Checkpoint checkpoint = Checkpoint.open(Shared.golden("clip-vit-tiny/openai/model.safetensors"));
        return head
                ? Victim.clap(checkpoint, Head.load(Shared.golden("adversarial/head_checkpoint.pth")), ALPHA)
                : Victim.clip(checkpoint);
    }

    private static Attack attack(String name) {
        return Attacks.parse(name).get(0);
    }

    private static FeatureMatrix classFeatures(SafetensorsFile golden, boolean head) {
        TensorData values = golden.get(head ? "class_features_head" : "class_features");
        List<String> ids = IntStream.range(0, 7).mapToObj(String::valueOf).toList();
        return new FeatureMatrix(ids, 64, values.toFloats());
    }

    private static Scorer.Linear linear(SafetensorsFile golden, boolean head, boolean normalised) {
        String prefix = head ? "classifier_head." : "classifier_clip.";
        return new Scorer.Linear(
                golden.get(prefix + "weight").toFloats(),
                golden.get(prefix + "bias").toFloats(),
                normalised);
    }

    private static int[] numbers(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static Noise given(TensorData noise) {
        return images -> Tensors.asFloats(noise).index_select(0, Labels.tensor(images));
    }

    private static final List<String> NAMES =
            List.of("dog", "elephant", "giraffe", "guitar", "horse", "house", "person");

    private static final List<String> IDS = List.of("0", "1", "2", "3");

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        JsonNode cases = results().get("cases");
        assertThat(cases).hasSize(24);
        return cases.valueStream()
                .map(node -> DynamicTest.dynamicTest(node.get("key").asText(), () -> check(node)));
    }

    private static void check(JsonNode node) {
        SafetensorsFile golden = golden();
        boolean head = node.get("head").asBoolean();
        boolean zeroShot = node.get("zero_shot").asBoolean();
        String input = node.get("input").asText();
        String key = node.get("key").asText();
        Scorer attacked = zeroShot ? Scorer.zeroShot(classFeatures(golden, head)) : linear(golden, head, false);
        Scorer judging = zeroShot ? attacked : linear(golden, head, true);
        TensorData images = golden.get("images_" + input);
        int[] labels = numbers(node.get("labels"));
        try (Victim victim = victim(head)) {
            Attacker attacker = new Attacker(victim, ThreatModel.OFFICIAL, 0.031);
            Attacked result = attacker.attack(
                    attack(node.get("attack").asText()),
                    attacked,
                    IDS,
                    images,
                    labels,
                    given(golden.get("noise")),
                    Steps.untold());

            assertLosses(result.trace().losses(), node.get("losses"));
            assertThat(result.trace().zeroGradientImages()).isZero();
            if (golden.contains(key + ".adv")) {
                assertPixels(result.images(), golden.get(key + ".adv"));
            }
            float[] scores = scores(judging, result.features());
            Numbers.assertClose(scores, golden.get(key + ".scores").toFloats(), zeroShot ? SCORES : LOGITS);
            assertThat(best(scores)).containsExactly(numbers(node.get("predictions")));
            assertGradient(attacker, attacked, golden, key, images, labels, node);
        }
    }

    private static void assertLosses(List<Double> actual, JsonNode expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int step = 0; step < actual.size(); step++) {
            double loss = expected.get(step).asDouble();
            assertThat(actual.get(step))
                    .as("step %s", step)
                    .isCloseTo(loss, within(LOSS * Math.max(1, Math.abs(loss))));
        }
    }

    private static void assertPixels(TensorData actual, TensorData expected) {
        float[] a = actual.toFloats();
        float[] e = expected.toFloats();
        long different = IntStream.range(0, e.length)
                .filter(i -> Math.abs(a[i] - e[i]) > 1e-5)
                .count();
        assertThat((double) different / e.length).isLessThan(PIXELS);
    }

    /** The gradient at the clean image, where the golden numbers have it. */
    private static void assertGradient(
            Attacker attacker,
            Scorer scorer,
            SafetensorsFile golden,
            String key,
            TensorData images,
            int[] labels,
            JsonNode node) {
        if (!node.get("attack").asText().equals("FGSM")) {
            return;
        }
        TensorData gradient = NativeScope.call(() -> {
            Ball ball = new Ball(Tensors.asFloats(images), 0.031);
            AttackTask task =
                    new AttackTask(x -> scorer.of(attacker.victim().features(x)), ball, labels, null, Steps.untold());
            Gradients.Point point = new Gradients(task, AttackLoss.CROSS_ENTROPY).at(ball.centre());
            return Tensors.toData("gradient", point.gradient().narrow(0, 0, 1));
        });
        Numbers.assertClose(gradient.toFloats(), golden.get(key + ".grad_step1").toFloats(), GRADIENT);
    }

    private static float[] scores(Scorer scorer, FeatureMatrix features) {
        return NativeScope.call(() -> {
            TensorData rows = TensorData.of("features", features.values(), features.rows(), features.dim());
            return Tensors.toData("scores", scorer.of(Tensors.asFloats(rows))).toFloats();
        });
    }

    private static int[] best(float[] scores) {
        return IntStream.range(0, scores.length / 7)
                .map(i -> ZeroShotClassifier.argMax(Arrays.copyOfRange(scores, 7 * i, 7 * i + 7)))
                .toArray();
    }

    @Test
    void theMarginIsTheReferences() {
        SafetensorsFile golden = golden();
        TensorData scores = golden.get("cw.output");
        int[] labels = Arrays.stream(golden.get("cw.labels").toLongs())
                .mapToInt(Math::toIntExact)
                .toArray();
        float[] losses = NativeScope.call(() -> {
            Tensor loss = AttackLoss.CARLINI_WAGNER.of(Tensors.asFloats(scores), Labels.tensor(labels));
            return Tensors.toData("loss", loss).toFloats();
        });
        Numbers.assertClose(losses, golden.get("cw.loss").toFloats(), 1e-6);
    }

    /** The reference's whole evaluation, two images a batch: how many are right after the attack, in per cent. */
    @TestFactory
    Stream<DynamicTest> evaluations() throws IOException {
        JsonNode evaluations = results().get("evaluations");
        assertThat(evaluations).hasSize(16);
        return evaluations
                .valueStream()
                .map(node -> DynamicTest.dynamicTest(
                        node.get("function").asText() + " head " + node.get("head") + " " + node.get("adver"),
                        () -> checkEvaluation(node)));
    }

    private static void checkEvaluation(JsonNode node) {
        SafetensorsFile golden = golden();
        boolean head = node.get("head").asBoolean();
        boolean zeroShot = node.get("function").asText().equals("eval_zero_shot");
        FeatureMatrix classes = classFeatures(golden, head);
        Scorer attacked = zeroShot ? Scorer.zeroShot(classes) : linear(golden, head, false);
        Scorer judging = zeroShot ? attacked : linear(golden, head, true);
        long[] all = golden.get("normalized.zeroshot.clip.labels").toLongs();
        Attack attack = node.get("adver").isNull()
                ? new NoAttack(false)
                : attack(node.get("adver").asText());
        int[] right = new int[4];
        try (Victim victim = victim(head)) {
            Attacker attacker = new Attacker(victim, ThreatModel.OFFICIAL, 0.031);
            for (int batch = 0; batch < 2; batch++) {
                int from = 2 * batch;
                int[] labels = {(int) all[from], (int) all[from + 1]};
                Attacked result = attacker.attack(
                        attack,
                        attacked,
                        IDS.subList(from, from + 2),
                        rows(golden.get("images_normalized"), from),
                        labels,
                        given(rows(golden.get("noise"), from)),
                        Steps.untold());
                count(best(scores(judging, result.features())), labels, right, 0);
                if (zeroShot) {
                    List<FeatureMatrix> others = otherPrompts(golden, head, batch);
                    for (int prompt = 0; prompt < others.size(); prompt++) {
                        Scorer scorer = Scorer.zeroShot(others.get(prompt));
                        count(best(scores(scorer, result.features())), labels, right, 1 + prompt);
                    }
                }
            }
        }
        JsonNode accuracy = node.get("acc");
        if (zeroShot) {
            assertThat(IntStream.of(right).mapToDouble(r -> 25.0 * r))
                    .as("C, CP, PC, NC")
                    .containsExactly(
                            accuracy.valueStream().map(JsonNode::asDouble).toArray(Double[]::new));
        } else {
            assertThat(25.0 * right[0]).isEqualTo(accuracy.asDouble());
        }
    }

    private static void count(int[] found, int[] labels, int[] right, int column) {
        for (int i = 0; i < labels.length; i++) {
            right[column] += found[i] == labels[i] ? 1 : 0;
        }
    }

    /** The classes' features under CP, PC and NC, with the reference's noise of that batch. */
    private static List<FeatureMatrix> otherPrompts(SafetensorsFile golden, boolean head, int batch) {
        Checkpoint checkpoint = Checkpoint.open(Shared.golden("clip-vit-tiny/openai/model.safetensors"));
        TensorData all = golden.get("eval.context_noise");
        int width = (int) all.shape()[2];
        float[][] noise = new float[(int) all.shape()[1]][];
        for (int i = 0; i < noise.length; i++) {
            int start = (batch * noise.length + i) * width;
            noise[i] = Arrays.copyOfRange(all.toFloats(), start, start + width);
        }
        ClipTokenizer tokenizer =
                ClipTokenizer.load(Shared.data("bpe_simple_vocab_16e6.txt.gz"), 77, TokenizerReference.OPEN_AI);
        try (TextEncoder encoder =
                TextEncoder.create(checkpoint.architecture().text(), checkpoint.weights(), OrtEngine.create())) {
            List<TokenSequence> names = sequences(tokenizer, "%s");
            return Stream.of(
                            sequences(tokenizer, "a %s in a photo"),
                            sequences(tokenizer, "a photo of a %s"),
                            names.stream()
                                    .map(name -> name.with(noise, ContextPosition.FRONT, 77))
                                    .toList())
                    .map(texts -> new FeatureMatrix(NAMES, encoder.embedDim(), encoder.encode(texts)))
                    .map(features -> head
                            ? Head.load(Shared.golden("adversarial/head_checkpoint.pth"))
                                    .apply(features, ALPHA)
                            : features)
                    .toList();
        }
    }

    /** The golden model's small vocabulary: full ids are mapped into it as its README says. */
    private static List<TokenSequence> sequences(ClipTokenizer tokenizer, String template) {
        return NAMES.stream()
                .map(name -> Arrays.stream(tokenizer.encode(template.formatted(name), Overflow.ERROR))
                        .map(id -> id == tokenizer.startId() ? 498 : id == tokenizer.endId() ? 499 : id % 498)
                        .toArray())
                .map(TokenSequence::of)
                .toList();
    }

    private static TensorData rows(TensorData all, int from) {
        int bytes = (int) (all.bytes().capacity() / all.shape()[0]);
        ByteBuffer part = all.bytes().slice(from * bytes, 2 * bytes);
        long[] shape = all.shape();
        shape[0] = 2;
        return new TensorData(all.name(), all.type(), shape, part);
    }
}
