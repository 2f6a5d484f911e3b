package dev.clap4j.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.clap4j.engine.CompiledNetwork;
import dev.clap4j.engine.Engine;
import dev.clap4j.engine.Forward;
import dev.clap4j.engine.Input;
import dev.clap4j.io.TensorSource;
import dev.clap4j.nn.Weights;
import java.util.List;

/** Runs networks on ONNX Runtime's CPU provider. Weights are handed over by address, not copied into the graph. */
public final class OrtEngine implements Engine {
    static final String OUTPUT = "output";

    private final int threads;

    private OrtEngine(int threads) {
        this.threads = threads;
    }

    /** An engine that computes on all processors. */
    public static OrtEngine create() {
        return create(Runtime.getRuntime().availableProcessors());
    }

    /** An engine that computes on so many threads, the caller's among them. */
    public static OrtEngine create(int threads) {
        return new OrtEngine(threads);
    }

    @Override
    public String name() {
        return "ort";
    }

    @Override
    public CompiledNetwork compile(Forward network, List<Input> inputs, TensorSource weights) {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph);
        List<OnnxValue> values = inputs.stream().map(graph::input).toList();
        graph.output(OUTPUT, network.apply(ops, Weights.of(weights, ops), values));
        try {
            return OrtNetwork.start(graph, inputs, options());
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refused the graph: " + e.getMessage(), e);
        }
    }

    private OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        return options;
    }
}
