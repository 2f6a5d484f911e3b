package dev.clap4j.torch;

import dev.clap4j.clip.GoldenFeaturesContract;
import dev.clap4j.engine.Engine;

class TorchFeaturesTests extends GoldenFeaturesContract {
    @Override
    protected Engine engine() {
        return TorchEngine.create();
    }
}
