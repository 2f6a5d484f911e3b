package dev.clap4j.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.clap4j.engine.CompiledNetwork;
import dev.clap4j.engine.Input;
import dev.clap4j.io.DataType;
import dev.clap4j.io.TensorData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A session of ONNX Runtime. It owns the session and the weights handed to it. */
final class OrtNetwork implements CompiledNetwork {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<String> inputs;
    /** The runtime may read these as long as the session lives. */
    private final List<OnnxTensor> weights;

    private OrtNetwork(OrtEnvironment environment, OrtSession session, List<String> inputs, List<OnnxTensor> weights) {
        this.environment = environment;
        this.session = session;
        this.inputs = inputs;
        this.weights = weights;
    }

    static OrtNetwork start(OnnxGraph graph, List<Input> inputs, OrtSession.SessionOptions options)
            throws OrtException {
        OrtEnvironment environment = OrtRuntime.environment();
        List<OnnxTensor> weights = new ArrayList<>();
        try (options) {
            Map<String, OnnxTensorLike> byName = new HashMap<>();
            for (var weight : graph.externalWeights().entrySet()) {
                OnnxTensor tensor = tensor(environment, weight.getValue());
                weights.add(tensor);
                byName.put(weight.getKey(), tensor);
            }
            if (!byName.isEmpty()) {
                options.addExternalInitializers(byName);
            }
            OrtSession session = environment.createSession(graph.model().toByteArray(), options);
            return new OrtNetwork(
                    environment, session, inputs.stream().map(Input::name).toList(), weights);
        } catch (OrtException | RuntimeException e) {
            weights.forEach(OnnxTensor::close);
            throw e;
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, TensorData data) throws OrtException {
        return switch (data.type()) {
            case I64 -> OnnxTensor.createTensor(environment, data.bytes().asLongBuffer(), data.shape());
            case I8 -> OnnxTensor.createTensor(environment, data.bytes(), data.shape(), OnnxJavaType.INT8);
            default -> OnnxTensor.createTensor(environment, data.toF32().bytes().asFloatBuffer(), data.shape());
        };
    }

    @Override
    public TensorData run(TensorData... values) {
        if (values.length != inputs.size()) {
            throw new IllegalArgumentException(values.length + " inputs for " + inputs);
        }
        Map<String, OnnxTensor> byName = new HashMap<>();
        try {
            for (int i = 0; i < values.length; i++) {
                byName.put(inputs.get(i), tensor(environment, values[i]));
            }
            try (OrtSession.Result result = session.run(byName)) {
                OnnxTensor output = (OnnxTensor) result.get(0);
                ByteBuffer bytes = TensorData.allocate(output.getInfo().getNumElements() * 4);
                bytes.put(output.getByteBuffer()).flip();
                return new TensorData(
                        OrtEngine.OUTPUT, DataType.F32, output.getInfo().getShape(), bytes);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        } finally {
            byName.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not close: " + e.getMessage(), e);
        } finally {
            weights.forEach(OnnxTensor::close);
        }
    }
}
