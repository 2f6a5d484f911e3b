package dev.clap4j.cli;

import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.torch.TorchEngine;
import picocli.CommandLine.Option;

/** {@code --engine}: the engine of the networks. */
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

    Engine create() {
        return kind == Kind.ORT ? OrtEngine.create() : TorchEngine.create();
    }
}
