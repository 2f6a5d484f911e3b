package dev.clap4j.internal.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.clap4j.ClapException;
import dev.clap4j.Device;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A network from an ONNX file, loaded into ONNX Runtime. Owns native memory. Thread-safe. */
public final class OrtGraph implements AutoCloseable {
    private final Path file;
    private final OrtSession session;
    private final Lifetime life = new Lifetime("The network", this::free);

    /**
     * Loads a network.
     *
     * @throws ClapException if ONNX Runtime refuses it, for instance for an operator that it does not know
     */
    OrtGraph(OnnxSignature signature, Device device, int threads) {
        this.file = signature.file();
        try (OrtSession.SessionOptions options = OrtOptions.of(device, threads)) {
            // Its warnings are for those who export; its errors are reported as exceptions, too.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            this.session = OrtRuntime.environment().createSession(file.toString(), options);
        } catch (OrtException e) {
            throw failure("load", e);
        }
    }

    private ClapException failure(String verb, OrtException e) {
        return new ClapException(
                "ONNX Runtime cannot " + verb + " " + file + ": " + Names.line(String.valueOf(e.getMessage())), e);
    }

    /**
     * Runs the network.
     *
     * @param inputs a tensor for each of its inputs, of the declared type
     * @param outputs the names of the outputs that are needed
     * @return the outputs as F32, in memory that the caller owns
     * @throws ClapException if the network cannot be run on these inputs, or an output holds no floats
     */
    public Map<String, TensorData> run(Map<String, TensorData> inputs, Set<String> outputs) {
        return life.use(() -> runOpen(inputs, outputs));
    }

    private Map<String, TensorData> runOpen(Map<String, TensorData> inputs, Set<String> outputs) {
        OrtEnvironment environment = OrtRuntime.environment();
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (var input : inputs.entrySet()) {
                tensors.put(input.getKey(), OrtOptions.tensor(environment, input.getValue()));
            }
            Map<String, TensorData> results = new HashMap<>();
            try (OrtSession.Result result = session.run(tensors, outputs)) {
                for (String name : outputs) {
                    results.put(name, floats(name, result.get(name).orElseThrow()));
                }
            }
            return results;
        } catch (OrtException e) {
            throw failure("run", e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private TensorData floats(String name, OnnxValue value) {
        if (!(value instanceof OnnxTensor tensor) || type(tensor.getInfo()) == null) {
            throw new ClapException(file + ": its output " + name + " does not hold floats of 16, 32 or 64 bits");
        }
        TensorInfo info = tensor.getInfo();
        DataType type = type(info);
        ByteBuffer bytes = TensorData.allocate(info.getNumElements() * type.bytes());
        bytes.put(tensor.getByteBuffer()).flip();
        return new TensorData(name, type, info.getShape(), bytes).toF32();
    }

    private static DataType type(TensorInfo info) {
        OnnxJavaType type = info.type;
        return switch (type) {
            case FLOAT -> DataType.F32;
            case FLOAT16 -> DataType.F16;
            case BFLOAT16 -> DataType.BF16;
            case DOUBLE -> DataType.F64;
            default -> null;
        };
    }

    @Override
    public void close() {
        life.close();
    }

    private void free() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not close: " + e.getMessage(), e);
        }
    }
}
