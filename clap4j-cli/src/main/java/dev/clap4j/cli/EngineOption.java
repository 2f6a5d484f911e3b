package dev.clap4j.cli;

import dev.clap4j.Device;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.torch.TorchEngine;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code --engine} and {@code --device}: the engine of the networks, and what it runs on. */
final class EngineOption {
    enum Kind {
        ORT,
        TORCH
    }

    @Option(
            names = "--engine",
            defaultValue = "ort",
            paramLabel = "ort|torch",
            description = "What runs the networks: ONNX Runtime or libtorch (default: ${DEFAULT-VALUE}).")
    private Kind kind;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "DEVICE",
            description = "What the networks run on: cpu, cuda[:N], coreml, directml[:N], or auto for the first that"
                    + " works (default: ${DEFAULT-VALUE}).")
    private String device;

    /** Returns the engine; says on which device it is if that was not given. */
    Engine create(PrintWriter err) {
        Device wanted = WrongUse.checking(() -> Device.of(device));
        if (kind == Kind.TORCH) {
            WrongUse.when(
                    !wanted.equals(Device.cpu()),
                    "--device " + wanted + " needs ONNX Runtime; leave out --engine torch");
            return TorchEngine.create();
        }
        OrtEngine engine = OrtEngine.create().on(wanted);
        if (wanted.kind() == Device.Kind.AUTO) {
            err.println("clap: running on " + engine.device());
        }
        return engine;
    }
}
