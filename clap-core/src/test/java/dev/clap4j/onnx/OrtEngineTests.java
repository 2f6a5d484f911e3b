package dev.clap4j.onnx;

import dev.clap4j.clip.GoldenFeaturesContract;
import dev.clap4j.engine.Engine;

class OrtEngineTests extends GoldenFeaturesContract {
    @Override
    protected Engine engine() {
        return OrtEngine.create();
    }
}
