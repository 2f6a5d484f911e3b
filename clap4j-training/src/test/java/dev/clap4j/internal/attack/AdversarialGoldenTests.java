package dev.clap4j.internal.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.GoldenModel;
import dev.clap4j.Numbers;
import dev.clap4j.attack.Attack;
import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.NoAttack;
import dev.clap4j.attack.ThreatModel;
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
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private static SafetensorsFile golden() {
        return Golden.tensors("adversarial/adversarial.safetensors");
    }

    private static JsonNode results() {
        return Golden.json("adversarial/results.json");
    }

    private static double epsilon() {
        return results().get("eps").asDouble();
    }

    private static float alpha() {
        return results().at("/head/scale").floatValue();
    }

    private static Head head() {
        return Head.load(Golden.file("adversarial/" + results().at("/head/file").asText()));
    }

    private static List<String> names() {
        return results().get("names").valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> ids(TensorData images) {
        return IntStream.range(0, (int) images.shape()[0])
                .mapToObj(String::valueOf)
                .toList();
    }

    private static Victim victim(boolean head) {
        Checkpoint checkpoint = Checkpoint.open(GoldenModel.VIT.weights());
        return head ? Victim.clap(checkpoint, head(), alpha()) : Victim.clip(checkpoint);
    }

    private static Attack attack(String name) {
        return Attacks.parse(name).get(0);
    }

    private static FeatureMatrix classFeatures(SafetensorsFile golden, boolean head) {
        TensorData values = golden.get(head ? "class_features_head" : "class_features");
        return new FeatureMatrix(names(), (int) values.shape()[1], values.toFloats());
    }

    private static Scorer linear(SafetensorsFile golden, boolean head, boolean normalised) {
        String prefix = head ? "classifier_head." : "classifier_clip.";
        return new Scorer(
                golden.get(prefix + "weight").toFloats(),
                golden.get(prefix + "bias").toFloats(),
                normalised);
    }

    private static int[] numbers(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    /** Returns for each image a source of the numbers that become the given noise. */
    private static List<RandomGenerator> given(TensorData noise) {
        return IntStream.range(0, (int) noise.shape()[0])
                .mapToObj(image -> {
                    FloatBuffer values = FloatBuffer.wrap(noise.rows(image, 1).toFloats());
                    return (RandomGenerator) new RandomGenerator() {
                        @Override
                        public double nextDouble() {
                            return (values.get() / epsilon() + 1) / 2;
                        }

                        @Override
                        public long nextLong() {
                            throw new UnsupportedOperationException();
                        }
                    };
                })
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> cases() {
        JsonNode cases = results().get("cases");
        assertThat(cases).isNotEmpty();
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
            Attacker attacker = new Attacker(victim, ThreatModel.OFFICIAL, epsilon());
            Attacked result = attacker.attack(
                    attack(node.get("attack").asText()),
                    attacked,
                    images,
                    labels,
                    given(golden.get("noise")),
                    Steps.unreported());

            assertLosses(result.trace().losses(), node.get("losses"));
            assertThat(result.trace().zeroGradientImages()).isZero();
            if (golden.contains(key + ".adv")) {
                assertPixels(result.images(), golden.get(key + ".adv"));
            }
            float[] scores = scores(judging, attacker.features(ids(images), result.images()));
            Numbers.assertClose(scores, golden.get(key + ".scores").toFloats(), zeroShot ? SCORES : LOGITS);
            assertThat(best(scores, names().size())).containsExactly(numbers(node.get("predictions")));
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
        float[] all = attacker.victim()
                .network(ThreatModel.OFFICIAL)
                .at(scorer, AttackLoss.CROSS_ENTROPY, images.toFloats(), labels, labels)
                .gradient();
        float[] gradient = Arrays.copyOf(all, all.length / labels.length);
        Numbers.assertClose(gradient, golden.get(key + ".grad_step1").toFloats(), GRADIENT);
    }

    private static float[] scores(Scorer scorer, FeatureMatrix features) {
        FeatureMatrix seen = scorer.normalised() ? features.normalised() : features;
        float[] scores = new float[features.rows() * scorer.classes()];
        for (int i = 0; i < scores.length; i++) {
            int row = i / scorer.classes();
            int column = i % scorer.classes();
            double score = scorer.bias()[column];
            for (int j = 0; j < features.dim(); j++) {
                score += (double) seen.row(row)[j] * scorer.weight()[column * features.dim() + j];
            }
            scores[i] = (float) score;
        }
        return scores;
    }

    private static int[] best(float[] scores, int classes) {
        return IntStream.range(0, scores.length / classes)
                .map(i -> ZeroShotClassifier.argMax(Arrays.copyOfRange(scores, classes * i, classes * (i + 1))))
                .toArray();
    }

    @Test
    void theMarginIsTheReferences() {
        SafetensorsFile golden = golden();
        TensorData scores = golden.get("cw.output");
        int[] labels = Arrays.stream(golden.get("cw.labels").toLongs())
                .mapToInt(Math::toIntExact)
                .toArray();
        float[] losses = AttackLossTests.losses(AttackLoss.CARLINI_WAGNER, scores, labels, labels);
        Numbers.assertClose(losses, golden.get("cw.loss").toFloats(), 1e-6);
    }

    /** The reference's whole evaluation, in batches: how many are right after the attack, in per cent. */
    @TestFactory
    Stream<DynamicTest> evaluations() {
        // Of photographs, so that a folder without them has none.
        return results()
                .path("evaluations")
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
        int[] all = Arrays.stream(golden.get("normalized.zeroshot.clip.labels").toLongs())
                .mapToInt(Math::toIntExact)
                .toArray();
        TensorData images = golden.get("images_normalized");
        int batches = (int) golden.get("eval.context_noise").shape()[0];
        int size = all.length / batches;
        Attack attack = node.get("adver").isNull()
                ? new NoAttack(false)
                : attack(node.get("adver").asText());
        int[] right = new int[4];
        try (Victim victim = victim(head)) {
            Attacker attacker = new Attacker(victim, ThreatModel.OFFICIAL, epsilon());
            for (int batch = 0; batch < batches; batch++) {
                int from = size * batch;
                int[] labels = Arrays.copyOfRange(all, from, from + size);
                Attacked result = attacker.attack(
                        attack,
                        attacked,
                        rows(images, from, size),
                        labels,
                        given(rows(golden.get("noise"), from, size)),
                        Steps.unreported());
                FeatureMatrix features = attacker.features(ids(images).subList(from, from + size), result.images());
                count(best(scores(judging, features), classes.rows()), labels, right, 0);
                if (zeroShot) {
                    List<FeatureMatrix> others = otherPrompts(golden, head, batch);
                    for (int prompt = 0; prompt < others.size(); prompt++) {
                        Scorer scorer = Scorer.zeroShot(others.get(prompt));
                        count(best(scores(scorer, features), classes.rows()), labels, right, 1 + prompt);
                    }
                }
            }
        }
        JsonNode accuracy = node.get("acc");
        double each = 100.0 / all.length;
        if (zeroShot) {
            assertThat(IntStream.of(right).mapToDouble(r -> each * r))
                    .as("C, CP, PC, NC")
                    .containsExactly(
                            accuracy.valueStream().map(JsonNode::asDouble).toArray(Double[]::new));
        } else {
            assertThat(each * right[0]).isEqualTo(accuracy.asDouble());
        }
    }

    private static void count(int[] found, int[] labels, int[] right, int column) {
        for (int i = 0; i < labels.length; i++) {
            right[column] += found[i] == labels[i] ? 1 : 0;
        }
    }

    /** The classes' features under CP, PC and NC, with the reference's noise of that batch. */
    private static List<FeatureMatrix> otherPrompts(SafetensorsFile golden, boolean head, int batch) {
        Checkpoint checkpoint = Checkpoint.open(GoldenModel.VIT.weights());
        TensorData all = golden.get("eval.context_noise");
        int width = (int) all.shape()[2];
        float[][] noise = new float[(int) all.shape()[1]][];
        for (int i = 0; i < noise.length; i++) {
            int start = (batch * noise.length + i) * width;
            noise[i] = Arrays.copyOfRange(all.toFloats(), start, start + width);
        }
        try (TextEncoder encoder =
                TextEncoder.create(checkpoint.architecture().text(), checkpoint.weights(), OrtEngine.create())) {
            int most = checkpoint.architecture().text().contextLength();
            return Stream.of(
                            sequences(golden.get("tokens_CP")),
                            sequences(golden.get("tokens_PC")),
                            sequences(golden.get("tokens_C")).stream()
                                    .map(name -> name.with(noise, ContextPosition.FRONT, most))
                                    .toList())
                    .map(texts -> new FeatureMatrix(names(), encoder.embedDim(), encoder.encode(texts)))
                    .map(features -> head ? head().apply(features, alpha()) : features)
                    .toList();
        }
    }

    /** Padded rows of ids; a text ends at the highest. */
    private static List<TokenSequence> sequences(TensorData tokens) {
        int length = (int) tokens.shape()[1];
        int[] ids = Arrays.stream(tokens.toLongs()).mapToInt(Math::toIntExact).toArray();
        return IntStream.range(0, (int) tokens.shape()[0])
                .mapToObj(row -> {
                    int[] padded = Arrays.copyOfRange(ids, row * length, (row + 1) * length);
                    int end = IntStream.range(0, length).reduce(0, (a, b) -> padded[b] > padded[a] ? b : a);
                    return TokenSequence.of(Arrays.copyOf(padded, end + 1));
                })
                .toList();
    }

    private static TensorData rows(TensorData all, int from, int count) {
        int bytes = (int) (all.bytes().capacity() / all.shape()[0]);
        ByteBuffer part = all.bytes().slice(from * bytes, count * bytes);
        long[] shape = all.shape();
        shape[0] = count;
        return new TensorData(all.name(), all.type(), shape, part);
    }
}
