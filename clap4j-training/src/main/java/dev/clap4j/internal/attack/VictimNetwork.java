package dev.clap4j.internal.attack;

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
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network under attack. It maps images to features; and to losses and their gradients with respect to the pixels,
 * where the network, a classifier, the loss and the way back are one graph. Owns the networks it compiles, each on first
 * use, until closed.
 */
final class VictimNetwork implements AutoCloseable {
    private final OrtEngine engine;
    private final Forward features;
    private final TensorSource weights;
    private final int side;
    private final Map<Kind, CompiledNetwork> compiled = new HashMap<>();
    private CompiledNetwork encoder;

    /**
     * Creates an instance that has compiled nothing yet.
     *
     * @param features maps images {@code [b, 3, side, side]} to features {@code [b, D]}
     * @param weights the tensors of that network
     */
    VictimNetwork(OrtEngine engine, Forward features, TensorSource weights, int side) {
        this.engine = engine.forGradients();
        this.features = features;
        this.weights = weights;
        this.side = side;
    }

    /**
     * Computes features, not normalised.
     *
     * @param images {@code [b, 3, side, side]}
     * @return {@code [b, D]}
     */
    float[] features(float[] images) {
        int count = images.length / (3 * side * side);
        return encoder()
                .run(TensorData.of("images", images, count, 3, side, side))
                .toFloats();
    }

    private synchronized CompiledNetwork encoder() {
        if (encoder == null) {
            encoder = engine.compile(features, List.of(images()), weights);
        }
        return encoder;
    }

    private Input images() {
        return new Input("images", DataType.F32, -1, 3, side, side);
    }

    /**
     * The graphs. The choice of the loss is an input, as labels, targets and classifiers are: a graph for each loss would
     * compute the same network again.
     */
    private record Kind(boolean normalised, int classes, int dim) {}

    /**
     * The scores, losses and gradients at some images.
     *
     * @param scores {@code [b, classes]}
     * @param losses {@code [b]}
     * @param gradient the gradient of each image's loss, {@code [b, 3, side, side]}
     */
    record Point(float[] scores, float[] losses, float[] gradient) {}

    /**
     * Computes scores, losses and gradients.
     *
     * @param images {@code [b, 3, side, side]}
     * @param targets see {@link AttackLoss#of(TensorOps, Object, Object, Object)}
     */
    Point at(Scorer scorer, AttackLoss loss, float[] images, int[] labels, int[] targets) {
        TensorData[] classifier = scorer.inputs();
        int classes = scorer.classes();
        Kind kind = new Kind(scorer.normalised(), classes, (int) classifier[0].shape()[1]);
        int count = labels.length;
        TensorData rows = network(kind)
                .run(
                        TensorData.of("images", images, count, 3, side, side),
                        numbers("labels", labels),
                        numbers("targets", targets),
                        classifier[0],
                        classifier[1],
                        choice(loss, classes));
        Point point = new Point(new float[count * classes], new float[count], new float[images.length]);
        FloatBuffer values = rows.bytes().asFloatBuffer();
        int pixels = 3 * side * side;
        for (int i = 0; i < count; i++) {
            values.get(point.scores, i * classes, classes);
            point.losses[i] = values.get();
            values.get(point.gradient, i * pixels, pixels);
        }
        return point;
    }

    /** Returns a row of one number a loss: one for the chosen one, zeros for the others. */
    private static TensorData choice(AttackLoss loss, int classes) {
        List<AttackLoss> losses = AttackLoss.forClasses(classes);
        float[] choice = new float[losses.size()];
        choice[losses.indexOf(loss)] = 1;
        return TensorData.of("choice", choice, 1, choice.length);
    }

    private static TensorData numbers(String name, int[] values) {
        return TensorData.of(name, Arrays.stream(values).asLongStream().toArray(), values.length);
    }

    private synchronized CompiledNetwork network(Kind kind) {
        return compiled.computeIfAbsent(
                kind,
                any -> engine.compile(
                        new Graph(kind),
                        List.of(
                                images(),
                                new Input("labels", DataType.I64, -1),
                                new Input("targets", DataType.I64, -1),
                                new Input("weight", DataType.F32, kind.classes, kind.dim),
                                new Input("bias", DataType.F32, kind.classes),
                                new Input(
                                        "choice",
                                        DataType.F32,
                                        1,
                                        AttackLoss.forClasses(kind.classes).size())),
                        weights));
    }

    /** Emits rows of each image's scores, its loss, and the gradient of that. */
    private final class Graph implements Forward {
        private final Kind kind;

        Graph(Kind kind) {
            this.kind = kind;
        }

        @Override
        public <T> T apply(TensorOps<T> ops, Weights<T> any, List<T> inputs) {
            Tape<T> tape = new Tape<>(ops);
            GradientOps<T> g = new GradientOps<>(tape);
            Value<T> images = tape.variable(inputs.get(0), -1, 3, side, side);
            Value<T> labels = tape.constant(inputs.get(1), -1);
            Value<T> targets = tape.constant(inputs.get(2), -1);
            Value<T> weight = tape.constant(inputs.get(3), kind.classes, kind.dim);
            Value<T> bias = tape.constant(inputs.get(4), kind.classes);
            Value<T> features = VictimNetwork.this.features.apply(g, Weights.of(weights, g), List.of(images));
            Value<T> scores = Scorer.scores(g, features, weight, bias, kind.normalised);
            List<Value<T>> losses = AttackLoss.forClasses(kind.classes).stream()
                    .map(loss -> g.reshape(loss.of(g, scores, labels, targets), -1, 1))
                    .toList();
            Value<T> choice = tape.constant(inputs.get(5), 1, losses.size());
            Value<T> chosen = g.linear(g.concat(1, losses), choice, null);
            T gradient = tape.gradients(chosen, List.of(images)).get(0);
            return ops.concat(
                    1, List.of(scores.tensor(), chosen.tensor(), ops.reshape(gradient, -1, 3L * side * side)));
        }
    }

    @Override
    public synchronized void close() {
        compiled.values().forEach(CompiledNetwork::close);
        if (encoder != null) {
            encoder.close();
        }
    }
}
