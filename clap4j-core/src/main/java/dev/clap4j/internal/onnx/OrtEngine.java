package dev.clap4j.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.engine.Precision;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.run.Versions;
import java.util.List;
import java.util.Map;

/** Runs networks on ONNX Runtime's CPU provider. Weights are passed by address, not copied into the graph. */
public final class OrtEngine implements Engine {
    static final String OUTPUT = "output";

    private final int threads;
    private final Precision precision;

    private OrtEngine(int threads, Precision precision) {
        this.threads = threads;
        this.precision = precision;
    }

    /** Returns the versions that results depend on, ONNX Runtime's among them. */
    public static Map<String, String> versions() {
        return Versions.with("onnxruntime", OrtEnvironment.class);
    }

    /** Creates an engine that uses all processors. */
    public static OrtEngine create() {
        return create(Runtime.getRuntime().availableProcessors());
    }

    /** Creates an engine with a number of threads, including the caller's. */
    public static OrtEngine create(int threads) {
        return new OrtEngine(threads, Precision.FP32);
    }

    /** Returns this engine with another precision. */
    public OrtEngine withPrecision(Precision other) {
        return new OrtEngine(threads, other);
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public String name() {
        return precision == Precision.FP32 ? "ort" : "ort " + precision;
    }

    @Override
    public CompiledNetwork compile(Forward network, List<Input> inputs, TensorSource weights) {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph, precision, Operators.ONNX_RUNTIME);
        List<OnnxValue> values = inputs.stream().map(graph::input).toList();
        graph.output(OUTPUT, network.apply(ops, Weights.of(weights, ops), values));
        return new OrtNetwork(graph, inputs, threads);
    }

    /**
     * Loads a network from an ONNX file.
     *
     * @throws dev.clap4j.ClapException if ONNX Runtime refuses it
     */
    public OrtGraph load(OnnxSignature signature) {
        return new OrtGraph(signature, threads);
    }
}
