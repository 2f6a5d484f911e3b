package dev.clap4j.internal.onnx;

import static dev.clap4j.internal.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.clap4j.internal.checkpoint.EndOfText;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Padding;
import dev.clap4j.internal.nn.TextBatch;
import dev.clap4j.internal.nn.TextReading;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.TextTransformer;
import java.util.List;

/** Emits what follows from token ids inside a graph: ends, and masks of padding. */
record TokenBatch(OnnxGraph graph, OnnxOps ops, TextTower tower, EndOfText endOfText) {
    /** Returns whether texts must be padded to the context length. */
    static boolean takesWholeContext(TextTower tower) {
        return tower.padding().effect() == Padding.Effect.SEEN || hasClass(tower);
    }

    private static boolean hasClass(TextTower tower) {
        return tower instanceof TextTransformer transformer
                && transformer.reading().place() == TextReading.Place.CLASS;
    }

    /**
     * Returns a batch of texts.
     *
     * @param tokens ids {@code [b, n]}
     * @param embedded {@code [b, n, width]}
     */
    TextBatch<OnnxValue> of(OnnxValue tokens, OnnxValue embedded) {
        if (hasClass(tower)) {
            return new TextBatch<>(embedded, null, classMask(tokens), null);
        }
        if (tower.padding().effect() == Padding.Effect.MASKED) {
            OnnxValue padded = equal(tokens, tower.padding().id());
            return new TextBatch<>(embedded, null, unsqueezed(hidden(padded)), unsqueezed(shares(padded)));
        }
        boolean read = endOfText.rule() != EndOfText.Rule.BEFORE_PADDING;
        return TextBatch.of(embedded, read ? end(tokens) : null);
    }

    /** Returns CoCa's mask {@code [b, n + 1, n + 1]}: causal, and tokens after padding are hidden. */
    private OnnxValue classMask(OnnxValue tokens) {
        int places = tower.contextLength() + 1;
        float[] causal = new float[places * places];
        for (int i = 0; i < causal.length; i++) {
            causal[i] = i % places > i / places ? Float.NEGATIVE_INFINITY : 0;
        }
        OnnxValue afterPadding = hidden(equal(tokens, tower.padding().id()));
        OnnxValue first = hidden(equal(ops.slice(tokens, 1, 0, 1), -1)); // never: it is always seen
        OnnxValue mask = ops.constant(TensorData.of("causal", causal, 1, places, places));
        return ops.add(mask, unsqueezed(ops.concat(1, List.of(first, afterPadding))));
    }

    private OnnxValue equal(OnnxValue tokens, int id) {
        return graph.node("Equal", 2, List.of(tokens, graph.integers(id)));
    }

    private OnnxValue hidden(OnnxValue padded) {
        return graph.node("Where", 2, List.of(padded, ops.scalar(Float.NEGATIVE_INFINITY), ops.scalar(0)));
    }

    /** Returns 1 for each token of a text, 0 for padding. */
    private OnnxValue own(OnnxValue padded) {
        return graph.node("Where", 2, List.of(padded, ops.scalar(0), ops.scalar(1)));
    }

    private OnnxValue shares(OnnxValue padded) {
        OnnxValue own = own(padded);
        OnnxValue count = graph.node("ReduceSum", 2, List.of(own, graph.integers(-1)));
        return graph.node("Div", 2, List.of(own, count));
    }

    private OnnxValue unsqueezed(OnnxValue x) {
        return graph.node("Unsqueeze", 3, List.of(x, graph.integers(1)));
    }

    /** Returns the position of the end token of each row, {@code [batch]}. */
    private OnnxValue end(OnnxValue tokens) {
        OnnxValue wanted = endOfText.isHighestId() ? tokens : equal(tokens, endOfText.token());
        OnnxValue numbers = graph.node("Cast", 2, List.of(wanted), attribute("to", TensorProto.DataType.INT32_VALUE));
        return graph.node("ArgMax", 1, List.of(numbers), attribute("axis", 1), attribute("keepdims", 0));
    }
}
