package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.checkpoint.Initialization;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import dev.clap4j.internal.torch.TorchOps;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class EmbeddingScaleTests {
    private static final String TOKENS = "token_embedding.weight";
    private static final ClipArchitecture ARCHITECTURE = ShapesWorld.transformer();

    /** Weights three times as large as they are at first where words are looked up and where blocks add to them. */
    private static Function<String, TensorData> grown() {
        Initialization initial = new Initialization(ARCHITECTURE, 1);
        return name -> {
            TensorData weight = initial.draw(name);
            return EmbeddingScale.isScaled(name) ? EmbeddingScale.scaled(weight, 3) : weight;
        };
    }

    private static BitSet tokens(int from, int to) {
        BitSet tokens = new BitSet();
        tokens.set(from, to);
        return tokens;
    }

    private static double rootMeanSquare(TensorData embeddings, int from, int to) {
        int width = (int) embeddings.shape()[1];
        double sum = 0;
        for (int i = from * width; i < to * width; i++) {
            sum += Math.pow(embeddings.floatAt(i), 2);
        }
        return Math.sqrt(sum / ((to - from) * width));
    }

    @Test
    void wordsThatWereReadGetClipsStandardDeviation() {
        Function<String, TensorData> normalized = EmbeddingScale.normalize(grown(), tokens(5, 9));
        assertThat(rootMeanSquare(grown().apply(TOKENS), 5, 9)).isGreaterThan(0.04);
        assertThat(rootMeanSquare(normalized.apply(TOKENS), 5, 9)).isCloseTo(0.02, within(1e-6));
    }

    @Test
    void whereNothingWasReadNothingChanges() {
        TensorData before = grown().apply(TOKENS);
        TensorData after = EmbeddingScale.normalize(grown(), new BitSet()).apply(TOKENS);
        assertThat(after.toFloats()).isEqualTo(before.toFloats());
    }

    @Test
    void featuresStayAsTheyAre() {
        TextTransformer text = (TextTransformer) ARCHITECTURE.text();
        float[] before = features(text, grown());
        float[] after = features(text, EmbeddingScale.normalize(grown(), tokens(0, text.vocabSize())));
        assertThat(after).isNotEqualTo(before);
        for (int i = 0; i < before.length; i++) {
            // The layer norms' epsilon is a fortieth of the variance behind it.
            assertThat(after[i]).isCloseTo(before[i], within(0.02f * largest(before)));
        }
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static float[] features(TextTransformer text, Function<String, TensorData> weights) {
        return NativeScope.callWithoutGradients(() -> {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            text.shapes().asMap().keySet().forEach(name -> tensors.put(name, Tensors.asFloats(weights.apply(name))));
            Tensor ids = Tensors.view(TensorData.of("ids", new long[] {3, 7, 11, 2}, 1, 4));
            Tensor end = Tensors.view(TensorData.of("end", new long[] {3}, 1));
            Tensor embedded = torch.embedding(tensors.get(TOKENS), ids);
            Weights<Tensor> all = tensors::get;
            Tensor features = text.forward(TorchOps.forTraining(), all, embedded, end);
            return Tensors.toData("features", features).toFloats();
        });
    }
}
