package dev.clap4j.onnx;

import ai.onnxruntime.OrtEnvironment;

/**
 * The process-wide environment of ONNX Runtime, started once.
 *
 * <p>While it starts, version 1.29 recurses over the process's command line; one of a few thousand characters (a long
 * class path, many image files) overflows an ordinary thread's stack, and the process ends without a word. So it is
 * started on a thread with a stack that is deep enough for the longest command line a system allows. Pages of it that
 * are not touched cost nothing.
 */
final class OrtRuntime {
    private static final long STACK_BYTES = 512L << 20;

    private static OrtEnvironment environment;

    private OrtRuntime() {}

    /** The environment, started when first asked for. */
    static synchronized OrtEnvironment environment() {
        if (environment == null) {
            environment = start();
        }
        return environment;
    }

    private static OrtEnvironment start() {
        OrtEnvironment[] started = new OrtEnvironment[1];
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(null, () -> started[0] = OrtEnvironment.getEnvironment(), "ort-start", STACK_BYTES);
        thread.setUncaughtExceptionHandler((t, error) -> failure[0] = error);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while ONNX Runtime was starting", e);
        }
        if (started[0] == null) {
            throw new IllegalStateException("ONNX Runtime could not be started", failure[0]);
        }
        return started[0];
    }
}
