package dev.clap4j.internal.style;

import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.LearnedWords;
import dev.clap4j.internal.clip.PaddedTexts;
import dev.clap4j.internal.clip.TokenSequence;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.GradientOps;
import dev.clap4j.internal.nn.Tape;
import dev.clap4j.internal.nn.Tape.Value;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.TextBatch;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.objective.Cosine;
import dev.clap4j.internal.objective.Orthogonality;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.training.source.PromptStyler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The objective of a style (Cho et al. 2023, equations 1 to 3). A diversity term keeps it different from earlier
 * styles; a consistency term keeps each class in this style closest to its own name, so that it affects style alone.
 *
 * <p>The frozen text encoder, the terms and their gradient are one graph, held in native memory until closed.
 */
final class StyleObjective implements AutoCloseable {
    private static final String WORD = PromptStyler.word(1);

    private final TextTower tower;
    private final TensorSource weights;
    /**
     * The embedded prompts: one without a class, then one for each class, with zeros in place of the style.
     */
    private final PaddedTexts texts;

    private final TensorData classFeatures;
    private final int firstPlace;
    private final int vectors;
    private final int mostEarlier;
    private final CompiledNetwork network;

    private StyleObjective(ClipModel model, List<String> classes, int vectors, int mostEarlier) {
        this.tower = model.checkpoint().architecture().text();
        this.weights = model.checkpoint().weights();
        this.vectors = vectors;
        this.mostEarlier = mostEarlier;
        float[][] zeros = new float[vectors][tower.width()];
        LearnedWords words = new LearnedWords(model.texts(), Map.of(WORD, zeros));
        List<TokenSequence> prompts = new ArrayList<>();
        prompts.add(words.sequence(PromptStyler.prompt(WORD)));
        classes.forEach(name -> prompts.add(words.sequence(PromptStyler.prompt(WORD) + " " + name)));
        this.firstPlace = firstPlace(prompts.get(0));
        this.texts = PaddedTexts.of(
                tower, prompts, weights.get("token_embedding.weight").toF32());
        float[] names = model.texts().encode(classes).normalised().values();
        this.classFeatures = TensorData.of("classes", names, classes.size(), tower.embedDim());
        this.network = OrtEngine.create()
                .compile(
                        new Graph(),
                        List.of(
                                new Input("style", DataType.F32, vectors, tower.width()),
                                new Input("ends", DataType.I64, prompts.size()),
                                new Input("earlier", DataType.F32, mostEarlier, tower.embedDim()),
                                new Input("share", DataType.F32, 1)),
                        weights);
    }

    /**
     * Creates the objective for a model and classes.
     *
     * @param vectors the number of vectors in a style
     * @param mostEarlier the largest number of earlier styles, at least 1
     */
    static StyleObjective of(ClipModel model, List<String> classes, int vectors, int mostEarlier) {
        return new StyleObjective(model, classes, vectors, mostEarlier);
    }

    private static int firstPlace(TokenSequence prompt) {
        int place = 0;
        while (prompt.ids()[place] != TokenSequence.CONTEXT) {
            place++;
        }
        return place;
    }

    /**
     * The objective at a style.
     *
     * @param loss the objective
     * @param feature the feature of the style's prompt without a class, {@code [embedDim]}
     * @param gradient of the loss with respect to the style, {@code [vectors, width]}
     */
    record Point(double loss, float[] feature, float[] gradient) {}

    /**
     * Computes the objective and its gradient.
     *
     * @param style {@code [vectors, width]}
     * @param earlier the features of earlier styles, {@code embedDim} each
     */
    Point at(float[] style, List<float[]> earlier) {
        int dim = tower.embedDim();
        // Rows of zeros are at no angle to anything.
        float[] others = new float[mostEarlier * dim];
        for (int i = 0; i < earlier.size(); i++) {
            System.arraycopy(earlier.get(i), 0, others, i * dim, dim);
        }
        float share = earlier.isEmpty() ? 0 : 1f / earlier.size();
        float[] all = network.run(
                        TensorData.of("style", style, vectors, tower.width()),
                        texts.ends(),
                        TensorData.of("earlier", others, mostEarlier, dim),
                        TensorData.of("share", new float[] {share}, 1))
                .toFloats();
        return new Point(all[0], Arrays.copyOfRange(all, 1, 1 + dim), Arrays.copyOfRange(all, 1 + dim, all.length));
    }

    private final class Graph implements Forward {
        @Override
        public <T> T apply(TensorOps<T> ops, Weights<T> any, List<T> inputs) {
            Tape<T> tape = new Tape<>(ops);
            GradientOps<T> g = new GradientOps<>(tape);
            Value<T> style = tape.variable(inputs.get(0), vectors, tower.width());
            int prompts = (int) texts.ends().shape()[0];
            Value<T> features = features(g, style, tape.constant(inputs.get(1), prompts));
            Value<T> plain = g.slice(features, 0, 0, 1);
            Value<T> earlier = tape.constant(inputs.get(2), mostEarlier, tower.embedDim());
            Value<T> share = tape.constant(inputs.get(3), 1);
            Value<T> loss =
                    g.add(Orthogonality.of(g, plain, earlier, share), consistency(g, g.slice(features, 0, 1, prompts)));
            T gradient = tape.gradients(loss, List.of(style)).get(0);
            return ops.concat(0, List.of(loss.tensor(), ops.reshape(plain.tensor(), -1), ops.reshape(gradient, -1)));
        }

        private <T> Value<T> features(GradientOps<T> g, Value<T> style, Value<T> ends) {
            Value<T> plain = g.constant(texts.embedded());
            Value<T> repeated = g.repeatRows(g.reshape(style, 1, vectors, tower.width()), plain);
            Value<T> mixed = g.concat(
                    1,
                    List.of(
                            g.slice(plain, 1, 0, firstPlace),
                            repeated,
                            g.slice(plain, 1, (long) firstPlace + vectors, plain.shape()[1])));
            Value<T> mask = texts.mask() == null ? null : g.constant(texts.mask());
            Value<T> shares = texts.shares() == null ? null : g.constant(texts.shares());
            return tower.forward(g, Weights.of(weights, g), new TextBatch<>(mixed, ends, mask, shares));
        }

        /** InfoNCE at temperature 1: each class should be closest to its own name. */
        private <T> T consistency(TensorOps<T> ops, T styled) {
            T cosines = ops.linear(Cosine.unit(ops, styled), ops.constant(classFeatures), null);
            int classes = (int) classFeatures.shape()[0];
            float[] identity = new float[classes * classes];
            for (int i = 0; i < classes; i++) {
                identity[i * (classes + 1)] = -1f / classes;
            }
            T own = ops.constant(TensorData.of("own", identity, classes, classes));
            return ops.sum(ops.reshape(ops.multiply(ops.logSoftmax(cosines), own), -1), 0);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
