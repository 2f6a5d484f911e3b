package dev.clap4j.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.clap4j.ClapException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process-wide environment of ONNX Runtime, started on first use, with telemetry off. */
final class OrtRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(OrtRuntime.class);

    private static OrtEnvironment environment;

    private OrtRuntime() {}

    /**
     * Returns the environment.
     *
     * @throws ClapException if the native libraries cannot be loaded
     */
    static synchronized OrtEnvironment environment() {
        if (environment == null) {
            environment = start();
        }
        return environment;
    }

    private static OrtEnvironment start() {
        OrtLibraries.provide();
        try {
            OrtEnvironment started = OrtEnvironment.getEnvironment();
            started.setTelemetry(false);
            keepBeyondShutdown();
            return started;
        } catch (OrtException | LinkageError e) {
            throw new ClapException("ONNX Runtime cannot be started: " + reason(e), e);
        }
    }

    /** Returns the message of the innermost cause, since class loading wraps it. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.toString();
    }

    /**
     * Takes another reference to the environment. On shutdown, the Java binding releases its own at once, while other
     * threads may still be encoding until the process ends or their work is saved, and would crash it. The binding
     * offers no other way to keep the environment.
     */
    private static void keepBeyondShutdown() {
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            api.setAccessible(true);
            create.setAccessible(true);
            int onlyWarnings = 2;
            create.invoke(null, api.getLong(null), onlyWarnings, OrtEnvironment.DEFAULT_NAME);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("ONNX Runtime's environment will be closed when the process begins to end", e);
        }
    }
}
