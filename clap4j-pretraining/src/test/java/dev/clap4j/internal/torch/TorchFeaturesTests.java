package dev.clap4j.internal.torch;

import dev.clap4j.internal.clip.GoldenFeaturesContract;
import dev.clap4j.internal.engine.Engine;

class TorchFeaturesTests extends GoldenFeaturesContract {
    @Override
    protected Engine engine() {
        return TorchEngine.create();
    }
}
