package dev.clap4j.internal.clip;

import dev.clap4j.Numbers;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A set of texts, encoded with its prefixes shared, against the plain encoder, which sees one text and nothing else. */
class SharedPrefixesTests {
    /** Sums of another order: a few units in the last place. */
    private static final double TOLERANCE = 1e-5;

    private static final TextTransformer GEOMETRY =
            new TextTransformer(24, 8, 32, 3, 2, 64, 16, Activation.QUICK_GELU, 1e-5f);

    private static final int START = 6;
    private static final int END = 7;
    private static final int MOST = 60;
    private static final List<float[]> VECTORS =
            List.of(vector("a", GEOMETRY.width()), vector("b", GEOMETRY.width()), vector("c", GEOMETRY.width()));

    /** Shared by all tries; they live as long as the tests do. */
    private static final TextEncoder ENCODER =
            TextEncoder.create(GEOMETRY, new RandomWeights(GEOMETRY), OrtEngine.create(1));

    private static final CompiledNetwork PLAIN = plain(OrtEngine.create(1));

    private static float[] vector(String name, int size) {
        Random random = new Random(name.hashCode());
        float[] vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private record RandomWeights(Map<String, TensorData> tensors) implements TensorSource {
        RandomWeights(TextTransformer geometry) {
            this(new HashMap<>());
            geometry.shapes().asMap().forEach((name, shape) -> {
                int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
                tensors.put(name, TensorData.of(name, vector(name, size), shape));
            });
        }

        @Override
        public Set<String> names() {
            return tensors.keySet();
        }

        @Override
        public TensorData get(String name) {
            return tensors.get(name);
        }
    }

    private static CompiledNetwork plain(Engine engine) {
        Forward forward = new Forward() {
            @Override
            public <T> T apply(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
                return GEOMETRY.forward(ops, weights, inputs.get(0), inputs.get(1));
            }
        };
        List<Input> inputs = List.of(
                new Input("embedded", DataType.F32, -1, -1, GEOMETRY.width()), new Input("end", DataType.I64, -1));
        return engine.compile(forward, inputs, new RandomWeights(GEOMETRY));
    }

    private static float[] plain(TokenSequence text) {
        TensorData table = new RandomWeights(GEOMETRY).get("token_embedding.weight");
        int width = GEOMETRY.width();
        float[] embedded = new float[text.length() * width];
        int next = 0;
        for (int place = 0; place < text.length(); place++) {
            int id = text.ids()[place];
            if (id == TokenSequence.CONTEXT) {
                System.arraycopy(text.context()[next++], 0, embedded, place * width, width);
            } else {
                table.bytes().asFloatBuffer().get(id * width, embedded, place * width, width);
            }
        }
        return PLAIN.run(
                        TensorData.of("embedded", embedded, 1, text.length(), width),
                        TensorData.of("end", new long[] {text.length() - 1}, 1))
                .toFloats();
    }

    /** Few tokens, so that prefixes are shared; negative numbers stand for vectors, which may be equal without being one. */
    @Provide
    Arbitrary<List<TokenSequence>> texts() {
        return Arbitraries.integers()
                .between(-VECTORS.size(), 3)
                .list()
                .ofMaxSize(GEOMETRY.contextLength() - 2)
                .map(SharedPrefixesTests::text)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST);
    }

    private static TokenSequence text(List<Integer> body) {
        int[] ids = IntStream.concat(
                        IntStream.concat(
                                IntStream.of(START), body.stream().mapToInt(id -> Math.max(id, TokenSequence.CONTEXT))),
                        IntStream.of(END))
                .toArray();
        float[][] vectors = body.stream()
                .filter(id -> id < 0)
                .map(id -> VECTORS.get(-1 - id).clone())
                .toArray(float[][]::new);
        return new TokenSequence(ids, vectors);
    }

    @Property(tries = 30)
    void featuresAreThePlainEncoders(@ForAll("texts") List<TokenSequence> texts) {
        float[] expected = new float[texts.size() * GEOMETRY.embedDim()];
        for (int i = 0; i < texts.size(); i++) {
            System.arraycopy(plain(texts.get(i)), 0, expected, i * GEOMETRY.embedDim(), GEOMETRY.embedDim());
        }
        Numbers.assertClose(ENCODER.encode(texts), expected, TOLERANCE);
    }
}
