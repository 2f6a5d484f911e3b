package dev.clap4j.internal.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.clap4j.Device;
import dev.clap4j.internal.io.TensorData;

/** Creates sessions and tensors of ONNX Runtime. */
final class OrtOptions {
    private OrtOptions() {}

    /** Returns the options of a session on a device; the caller closes them. */
    static OrtSession.SessionOptions of(Device device, int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtDevice.add(device, options);
        options.setIntraOpNumThreads(threads);
        // Spinning threads take the processor from other work.
        options.addConfigEntry("session.force_spinning_stop", "1");
        // Where 8-bit products could overflow (x86-64 without VNNI), compute them more slowly but correctly.
        options.addConfigEntry("session.x64quantprecision", "1");
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        return options;
    }

    /** Returns a tensor that the caller closes; it may share the memory of {@code data}. */
    static OnnxTensor tensor(OrtEnvironment environment, TensorData data) throws OrtException {
        return switch (data.type()) {
            case I64 -> OnnxTensor.createTensor(environment, data.bytes().asLongBuffer(), data.shape());
            case I32 -> OnnxTensor.createTensor(environment, data.bytes().asIntBuffer(), data.shape());
            case F16 -> OnnxTensor.createTensor(environment, data.bytes(), data.shape(), OnnxJavaType.FLOAT16);
            case I8 -> OnnxTensor.createTensor(environment, data.bytes(), data.shape(), OnnxJavaType.INT8);
            default -> OnnxTensor.createTensor(environment, data.toF32().bytes().asFloatBuffer(), data.shape());
        };
    }
}
