package dev.clap4j.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.clap4j.ClapException;
import dev.clap4j.Device;
import dev.clap4j.Precision;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.run.Versions;
import java.util.List;
import java.util.Map;

/** Runs networks on ONNX Runtime. Weights are passed by address, not copied into the graph. */
public final class OrtEngine implements Engine {
    static final String OUTPUT = "output";

    private final int threads;
    private final Precision precision;
    private final Device device;
    private final Workload workload;

    private OrtEngine(int threads, Precision precision, Device device, Workload workload) {
        this.threads = threads;
        this.precision = precision;
        this.device = device;
        this.workload = workload;
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
        return new OrtEngine(threads, Precision.FP32, Device.cpu(), Workload.FORWARD);
    }

    /**
     * Returns this engine with another precision.
     *
     * @throws ClapException if the device does not compute in it
     */
    public OrtEngine withPrecision(Precision other) {
        return checked(other, device);
    }

    /**
     * Returns this engine on another device.
     *
     * @throws ClapException if it cannot be used, or does not compute in this precision; says what is missing
     */
    public OrtEngine on(Device other) {
        return checked(precision, OrtDevice.choose(other));
    }

    private OrtEngine checked(Precision exactness, Device chosen) {
        if (exactness == Precision.INT8 && !chosen.equals(Device.cpu())) {
            throw new ClapException(exactness + " runs on the processor only, not on " + chosen);
        }
        if (exactness == Precision.FP16 && chosen.equals(Device.cpu())) {
            throw new ClapException(exactness + " runs on GPUs only, not on " + chosen
                    + ": the processor would convert numbers to 32 bits, and back");
        }
        return with(exactness, chosen);
    }

    /** Returns this engine with a precision that the device may not be meant for, and that is not checked. */
    OrtEngine with(Precision exactness, Device chosen) {
        return new OrtEngine(threads, exactness, chosen, workload);
    }

    /** Returns the device, never {@link Device.Kind#AUTO}. */
    public Device device() {
        return device;
    }

    /**
     * Returns this engine for networks with gradients: it needs less memory for what the backward pass reads.
     *
     * @throws ClapException if its precision is not {@link Precision#FP32}
     */
    public OrtEngine forGradients() {
        if (precision != Precision.FP32) {
            throw new ClapException("Gradients are computed in fp32, not in " + precision);
        }
        return new OrtEngine(threads, precision, device, Workload.GRADIENTS);
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public String name() {
        String where = device.equals(Device.cpu()) ? "" : " " + device;
        return "ort" + where + (precision == Precision.FP32 ? "" : " " + precision);
    }

    @Override
    public CompiledNetwork compile(Forward network, List<Input> inputs, TensorSource weights) {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph, precision, Operators.ONNX_RUNTIME);
        List<OnnxValue> values = inputs.stream().map(ops::input).toList();
        graph.output(OUTPUT, ops.toF32(network.apply(ops, Weights.of(weights, ops), values)));
        OrtNetwork compiled = new OrtNetwork(graph, inputs, device, threads, workload);
        return precision == Precision.FP16 ? new FiniteNetwork(compiled) : compiled;
    }

    /**
     * Loads a network from an ONNX file.
     *
     * @throws dev.clap4j.ClapException if ONNX Runtime refuses it
     */
    public OrtGraph load(OnnxSignature signature) {
        return new OrtGraph(signature, device, threads);
    }
}
