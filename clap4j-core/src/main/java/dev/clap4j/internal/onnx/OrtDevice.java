package dev.clap4j.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.clap4j.ClapException;
import dev.clap4j.Device;
import dev.clap4j.internal.io.Names;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices as execution providers of ONNX Runtime. */
final class OrtDevice {
    private static final Logger LOG = LoggerFactory.getLogger(OrtDevice.class);

    private OrtDevice() {}

    /**
     * Returns the device to use: the given one, or for {@link Device.Kind#AUTO} the first that works.
     *
     * @throws ClapException if it cannot be used; says what is missing
     */
    static Device choose(Device wanted) {
        if (wanted.kind() != Device.Kind.AUTO) {
            check(wanted);
            return wanted;
        }
        Device found = Stream.of(Device.Kind.CUDA, Device.Kind.DIRECTML, Device.Kind.COREML)
                .map(kind -> new Device(kind, 0))
                .filter(OrtDevice::works)
                .findFirst()
                .orElse(Device.cpu());
        LOG.info("Encoding on {}", found);
        return found;
    }

    private static boolean works(Device device) {
        try {
            check(device);
            return true;
        } catch (ClapException e) {
            LOG.debug("{} is not used", device, e);
            return false;
        }
    }

    private static void check(Device device) {
        OrtRuntime.environment();
        try (SessionOptions options = new SessionOptions()) {
            add(device, options);
        }
    }

    /**
     * Adds a device to the options of a session.
     *
     * @throws ClapException if it cannot be used; says what is missing
     */
    static void add(Device device, SessionOptions options) {
        if (device.kind() == Device.Kind.CPU) {
            return;
        }
        OrtProvider provider =
                switch (device.kind()) {
                    case CUDA -> OrtProvider.CUDA;
                    case DIRECTML -> OrtProvider.DIRECT_ML;
                    case COREML -> OrtProvider.CORE_ML;
                    default -> throw new IllegalArgumentException(device + " is to be chosen first");
                };
        if (!OrtEnvironment.getAvailableProviders().contains(provider)) {
            throw new ClapException("The device " + device + " cannot be used: " + missing(device.kind()));
        }
        try {
            switch (device.kind()) {
                case CUDA -> {
                    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.index())) {
                        // Its products would have 10 bits of precision instead of 23.
                        cuda.add("use_tf32", "0");
                        options.addCUDA(cuda);
                    }
                }
                case DIRECTML -> {
                    // DirectML does not work with either of the two.
                    options.setMemoryPatternOptimization(false);
                    options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
                    options.addDirectML(device.index());
                }
                default -> options.addCoreML(Map.of("ModelFormat", "MLProgram"));
            }
        } catch (OrtException e) {
            throw new ClapException("The device " + device + " cannot be used: " + reason(e) + needs(device.kind()), e);
        }
    }

    /** Returns what ONNX Runtime says, without the places in its source. */
    private static String reason(OrtException failure) {
        return Names.line(String.valueOf(failure.getMessage())
                .strip()
                .replaceFirst("(?s)^.*\\[ONNXRuntimeError] : \\d+ : \\w+ : ", ""));
    }

    private static String needs(Device.Kind kind) {
        return kind == Device.Kind.CUDA ? " (it needs an NVIDIA driver, CUDA and cuDNN)" : "";
    }

    /** Returns what to do about a provider that this build of ONNX Runtime lacks. */
    private static String missing(Device.Kind kind) {
        String version = OrtRuntime.environment().getVersion();
        return switch (kind) {
            case CUDA ->
                "use the artifact com.microsoft.onnxruntime:onnxruntime_gpu:" + version
                        + " in place of onnxruntime (on the command line, its file in place of the one in the folder lib);"
                        + " it needs an NVIDIA driver, CUDA and cuDNN";
            case DIRECTML ->
                "this build of ONNX Runtime " + version
                        + " has no DirectML; on Windows, put onnxruntime.dll and DirectML.dll of the NuGet package"
                        + " Microsoft.ML.OnnxRuntime.DirectML into a folder and name it in onnxruntime.native.path";
            default -> "CoreML is for Macs only";
        };
    }
}
