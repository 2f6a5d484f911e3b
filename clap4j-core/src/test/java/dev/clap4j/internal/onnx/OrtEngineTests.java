package dev.clap4j.internal.onnx;

import dev.clap4j.internal.clip.GoldenFeaturesContract;
import dev.clap4j.internal.engine.Engine;

class OrtEngineTests extends GoldenFeaturesContract {
    @Override
    protected Engine engine() {
        return OrtEngine.create();
    }
}
