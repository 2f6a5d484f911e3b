package dev.clap4j.cli;

import dev.clap4j.Device;
import dev.clap4j.internal.onnx.OrtEngine;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code --device}: what the networks run on. */
final class DeviceOption {
    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "DEVICE",
            description = "What the networks run on: cpu, cuda[:N], coreml, directml[:N], or auto for the first that"
                    + " works (default: ${DEFAULT-VALUE}).")
    private String device;

    /** Returns the engine on that device; says on which one it is if that was not given. */
    OrtEngine engine(PrintWriter err) {
        Device wanted = WrongUse.checking(() -> Device.of(device));
        OrtEngine engine = OrtEngine.create().on(wanted);
        if (wanted.kind() == Device.Kind.AUTO) {
            err.println("clap: running on " + engine.device());
        }
        return engine;
    }
}
