package dev.clap4j.internal.clip;

import static dev.clap4j.GoldenModel.VIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import dev.clap4j.Numbers;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.onnx.OrtEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextEncoderTests {
    /** The reference states 5e-6 between its own fp32 and fp64, relative to the largest value. */
    private static final double TOLERANCE = 1e-4;

    private TextTransformer geometry;
    private TextEncoder encoder;

    @BeforeAll
    void load() {
        geometry = new TextTransformer(
                VIT.size("context_length"),
                VIT.size("vocab_size"),
                VIT.size("transformer_width"),
                VIT.size("transformer_layers"),
                VIT.size("transformer_heads"),
                4 * VIT.size("transformer_width"),
                VIT.size("embed_dim"),
                Activation.QUICK_GELU,
                1e-5f);
        encoder = TextEncoder.create(geometry, SafetensorsFile.open(VIT.weights()), OrtEngine.create());
    }

    @AfterAll
    void close() {
        if (encoder != null) {
            encoder.close();
        }
    }

    /** Padded rows of ids as sequences that end with their end token, the highest id. */
    static List<int[]> rows(TensorData tokens) {
        long[] ids = tokens.toLongs();
        int length = (int) tokens.shape()[1];
        return IntStream.range(0, (int) tokens.shape()[0])
                .mapToObj(row -> {
                    int[] padded = Arrays.stream(ids, row * length, (row + 1) * length)
                            .mapToInt(Math::toIntExact)
                            .toArray();
                    int end = IntStream.range(0, length).reduce(0, (a, b) -> padded[b] > padded[a] ? b : a);
                    return Arrays.copyOf(padded, end + 1);
                })
                .toList();
    }

    @Test
    void featuresAreTheReferences() {
        SafetensorsFile io = VIT.io();
        List<TokenSequence> texts =
                rows(io.get("tokens")).stream().map(TokenSequence::of).toList();
        Numbers.assertClose(encoder.encode(texts), io.get("text_features").toFloats(), TOLERANCE);
    }

    @Test
    void orderAndCompanyOfTheTextsDoNotMatter() {
        SafetensorsFile golden = Golden.tensors("noise-prompts/noise.safetensors");
        List<TokenSequence> texts = new ArrayList<>();
        for (int copy = 0; copy < 40; copy++) {
            rows(golden.get("plain_tokens")).forEach(ids -> texts.add(TokenSequence.of(ids)));
        }
        Collections.shuffle(texts, new java.util.Random(1));
        int dim = geometry.embedDim();
        float[] together = encoder.encode(texts);
        for (int i = 0; i < texts.size(); i += 37) {
            float[] alone = encoder.encode(List.of(texts.get(i)));
            // Batches of other shapes add in another order: a few units in the last place.
            Numbers.assertClose(Arrays.copyOfRange(together, i * dim, (i + 1) * dim), alone, 1e-5);
        }
        assertThat(encoder.encode(List.of())).isEmpty();
    }

    @Test
    void impossibleTextsAreRefused() {
        int vocabulary = geometry.vocabSize();
        int most = geometry.contextLength();
        int[] unknown = {vocabulary - 2, vocabulary, vocabulary - 1};
        assertThatThrownBy(() -> encoder.encode(List.of(TokenSequence.of(unknown))))
                .isInstanceOf(ClapException.class)
                .hasMessage("Token id " + vocabulary + " is outside the model's vocabulary of " + vocabulary
                        + " tokens; the tokenizer belongs to another model");
        assertThatThrownBy(() -> encoder.encode(List.of(TokenSequence.of(new int[most + 1]))))
                .isInstanceOf(ClapException.class)
                .hasMessage("A text has " + (most + 1) + " tokens, start and end included; the model takes " + most);
    }

    @Test
    void longTextsGiveWayToTheContext() {
        int[] ids = IntStream.range(0, 77).toArray();
        TokenSequence mixed = TokenSequence.withContext(ids, new float[4][64], ContextPosition.MIDDLE, 77);
        assertThat(mixed.ids()).hasSize(77).startsWith(0, -1, -1, 1, 2).endsWith(70, 71, -1, -1, 76);
    }
}
