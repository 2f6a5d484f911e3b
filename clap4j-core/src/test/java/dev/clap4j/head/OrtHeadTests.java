package dev.clap4j.head;

import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.onnx.OrtEngine;

class OrtHeadTests extends HeadContract {
    @Override
    protected Engine engine() {
        return OrtEngine.create();
    }
}
