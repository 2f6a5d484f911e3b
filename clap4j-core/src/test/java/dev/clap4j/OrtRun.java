package dev.clap4j;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;

/** Runs ONNX files as a stranger would: on ONNX Runtime, with none of our classes in between. */
public final class OrtRun {
    private OrtRun() {}

    /** The only output for an input of floats. */
    public static float[] floats(Path model, String input, float[] values, long... shape) throws OrtException {
        return run(model, input, OnnxTensor.createTensor(environment(), FloatBuffer.wrap(values), shape));
    }

    /** The only output for an input of integers. */
    public static float[] longs(Path model, String input, long[] values, long... shape) throws OrtException {
        return run(model, input, OnnxTensor.createTensor(environment(), LongBuffer.wrap(values), shape));
    }

    /** The only output for an input of bytes. */
    public static float[] bytes(Path model, String input, byte[] values, long... shape) throws OrtException {
        ByteBuffer direct = ByteBuffer.allocateDirect(values.length).put(values).flip();
        return run(model, input, OnnxTensor.createTensor(environment(), direct, shape, OnnxJavaType.UINT8));
    }

    /** A property of the file's metadata; null if there is none. */
    public static String property(Path model, String name) throws OrtException {
        try (OrtSession session = environment().createSession(model.toString())) {
            return session.getMetadata().getCustomMetadata().get(name);
        }
    }

    private static float[] run(Path model, String input, OnnxTensor tensor) throws OrtException {
        try (tensor;
                OrtSession session = environment().createSession(model.toString());
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] output = new float[values.remaining()];
            values.get(output);
            return output;
        }
    }

    private static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment();
    }
}
