package dev.clap4j.internal.onnx;

import static dev.clap4j.internal.onnx.OnnxGraph.attribute;

import dev.clap4j.Precision;
import dev.clap4j.internal.checkpoint.EndOfText;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.TextBatch;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.Weights;
import java.util.List;
import java.util.Optional;

/**
 * CLIP's networks as ONNX graphs, end to end: from token ids or pixels to features or probabilities.
 *
 * @param architecture the architecture of both towers
 * @param weights tensors in OpenAI's naming; they must stay readable until the graphs are written
 * @param precision the precision of the encoders and the head; features leave them in 32 bits, and what follows is
 *     computed in these
 * @param operators operators that the graphs may use
 * @param head the head folded into the graph after each encoder, if any
 */
public record ClipGraphs(
        ClipArchitecture architecture,
        TensorSource weights,
        Precision precision,
        Operators operators,
        Optional<ExportedHead> head) {
    /** The norm below which features are divided by this value instead. */
    private static final float SHORTEST = 1e-12f;

    private static final String FEATURES = "features";

    /**
     * Creates the image encoder. Its input is {@code pixels} F32 {@code [batch, 3, size, size]}, normalised as the
     * model requires, or {@code image} U8 {@code [batch, height, width, 3]}; its output is {@code features} F32 {@code
     * [batch, D]}.
     *
     * @param preprocessing the preprocessing to include in the graph; if empty, the graph takes pixels
     * @param normalised whether features have length 1
     * @throws dev.clap4j.ClapException if the preprocessing cannot be expressed as a graph
     */
    public OnnxFile image(Optional<Preprocessing> preprocessing, boolean normalised) {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph, precision, operators);
        OnnxValue features = imageFeatures(graph, ops, preprocessing);
        return file(graph, normalised ? unit(graph, features) : features);
    }

    /**
     * Creates the text encoder. Its input is {@code tokens} I64 {@code [batch, length]}: the tokenizer's ids,
     * then any padding, at most the context length (exactly that, if all tokens attend to padding); its output is {@code features} F32 {@code [batch, D]}.
     *
     * @param normalised whether features have length 1
     */
    public OnnxFile text(EndOfText endOfText, boolean normalised) {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph, precision, operators);
        Weights<OnnxValue> w = Weights.of(weights, ops);
        TextTower tower = architecture.text();
        long length = TokenBatch.takesWholeContext(tower) ? tower.contextLength() : -1;
        OnnxValue tokens = graph.input(new Input("tokens", DataType.I64, -1, length));
        OnnxValue embedded = graph.node("Gather", 3, List.of(w.get("token_embedding.weight"), tokens));
        TextBatch<OnnxValue> texts = new TokenBatch(graph, ops, tower, endOfText).of(tokens, embedded);
        OnnxValue features = withHead(ops, tower.forward(ops, w, texts));
        return file(graph, normalised ? unit(graph, features) : features);
    }

    /**
     * Creates a zero-shot classifier. Its input is an image as for {@link #image}, its output {@code probabilities} F32
     * {@code [batch, k]}: the softmax over the classes, or, if the model has a bias for it, the sigmoid of each class.
     *
     * @param preprocessing the preprocessing to include in the graph; if empty, the graph takes pixels
     * @param classes the features of the classes after the head, of length 1, {@code [k, D]}
     * @param logitScale the factor on cosine similarities
     * @param logitBias the number added to them before the sigmoid; if empty, the softmax is applied
     * @throws dev.clap4j.ClapException if the preprocessing cannot be expressed as a graph
     */
    public OnnxFile classifier(
            Optional<Preprocessing> preprocessing, TensorData classes, float logitScale, Optional<Float> logitBias) {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph, precision, operators);
        OnnxOps exact = exact(graph);
        OnnxValue features = unit(graph, imageFeatures(graph, ops, preprocessing));
        OnnxValue logits = exact.scale(exact.linear(features, exact.constant(classes), null), logitScale);
        OnnxValue probabilities = logitBias.isPresent()
                ? exact.sigmoid(exact.add(logits, exact.scalar(logitBias.get())))
                : graph.node("Softmax", 2, List.of(logits), attribute("axis", -1));
        graph.output(new Input("probabilities", DataType.F32, -1, classes.shape()[0]), probabilities);
        return new OnnxFile(graph);
    }

    private OnnxOps exact(OnnxGraph graph) {
        return new OnnxOps(graph, Precision.FP32, operators);
    }

    private OnnxValue imageFeatures(OnnxGraph graph, OnnxOps ops, Optional<Preprocessing> preprocessing) {
        int size = architecture.vision().imageSize();
        OnnxValue pixels = preprocessing.isPresent()
                ? ops.fromF32(new PreprocessingGraph(graph, exact(graph)).pixels(preprocessing.get()))
                : ops.input(new Input("pixels", DataType.F32, -1, 3, size, size));
        Weights<OnnxValue> visual = Weights.of(weights, ops).under("visual.");
        return withHead(ops, architecture.vision().forward(ops, visual, pixels));
    }

    /** Applies the head, if any, and returns features in 32 bits. */
    private OnnxValue withHead(OnnxOps ops, OnnxValue features) {
        if (head.isEmpty()) {
            return ops.toF32(features);
        }
        OnnxValue alpha =
                ops.constant(TensorData.of("alpha", new float[] {head.get().alpha()}, 1));
        Weights<OnnxValue> w = Weights.of(head.get().weights(), ops);
        return ops.toF32(head.get().network().forward(ops, w, features, alpha));
    }

    /** Normalises features; not by ReduceL2, which ONNX Runtime's symbolic shape inference does not support. */
    private static OnnxValue unit(OnnxGraph graph, OnnxValue features) {
        OnnxValue squares = graph.node("Mul", 2, List.of(features, features));
        OnnxValue sum = graph.node("ReduceSum", 2, List.of(squares, graph.integers(-1)));
        OnnxValue length = graph.node("Sqrt", 2, List.of(sum));
        OnnxValue divisor = graph.node("Max", 2, List.of(length, graph.number(SHORTEST)));
        return graph.node("Div", 2, List.of(features, divisor));
    }

    private OnnxFile file(OnnxGraph graph, OnnxValue features) {
        int dim = head.map(folded -> folded.network().outDim()).orElse(architecture.embedDim());
        graph.output(new Input(FEATURES, DataType.F32, -1, dim), features);
        return new OnnxFile(graph);
    }
}
